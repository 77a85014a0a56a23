import { freshId, type Graph } from '#shared/graph/graph'

/** The one outermost group that holds all of a part; null where there is none. */
const wholeGroup = (part: Graph) => {
  const outermost = part.groups.filter((g) => g.parent === undefined)
  const [only] = outermost
  return only && outermost.length === 1 && part.nodes.every((n) => n.group !== undefined) ? only : null
}

/** What a part is called already; empty for loose layers. */
export const nameOfPart = (part: Graph): string => wholeGroup(part)?.name ?? ''

/** A part as one block of this name: its outermost group, or a new one around what is not one group yet. */
export function asBlock(part: Graph, name: string): Graph {
  const whole = wholeGroup(part)
  if (whole) return { ...part, groups: part.groups.map((g) => (g === whole ? { ...g, name } : g)) }
  const id = freshId(new Set(part.groups.map((g) => g.id)), 'block1')
  const inner = part.groups.map((g) => (g.parent === undefined ? { ...g, parent: id } : g))
  const nodes = part.nodes.map((n) => (n.group === undefined ? { ...n, group: id } : n))
  return { ...part, nodes, groups: [{ id, name, collapsed: false }, ...inner] }
}
