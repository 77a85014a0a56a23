import { freshId, type Graph } from '#shared/graph/graph'

/** A part as one block, which its outermost group names; what is not one group yet is put into a new one. */
export function asBlock(part: Graph, name: string): { readonly name: string; readonly part: Graph } {
  const outermost = part.groups.filter((g) => g.parent === undefined)
  const [only] = outermost
  if (only && outermost.length === 1 && part.nodes.every((n) => n.group !== undefined)) return { name: only.name, part }
  const id = freshId(new Set(part.groups.map((g) => g.id)), 'block1')
  const free = part.nodes.filter((n) => n.group === undefined).map((n) => n.id)
  const inner = part.groups.map((g) => (g.parent === undefined ? { ...g, parent: id } : g))
  const group = { id, name, collapsed: false }
  const nodes = part.nodes.map((n) => (free.includes(n.id) ? { ...n, group: id } : n))
  return { name, part: { ...part, nodes, groups: [group, ...inner] } }
}
