import type { Graph } from './graph'

/** What stands directly in one group, or outside of all: layers (their places in `graph.nodes`) and groups. */
export interface Level {
  readonly members: (number | Level)[]
  /** Between members, by their place; `ENTRY` and `EXIT` stand for whatever is outside. */
  readonly wires: [from: number, to: number][]
}
export const ENTRY = -1
export const EXIT = -2

interface Spot {
  readonly level: Level
  readonly slot: number
}

/** The tree of groups. A wire between two groups is a wire between their frames, and one to the border within each. */
export function levelsOf(graph: Graph, index: ReadonlyMap<string, number>): Level {
  const root: Level = { members: [], wires: [] }
  const parents = new Map(graph.groups.map((g) => [g.id, g.parent]))
  const levels = new Map<string, { level: Level; path: readonly Spot[] }>()

  /** Where a group stands, from the outside in; groups that are missing or contain themselves do not count. */
  const pathOf = (group: string | undefined, seen: readonly string[] = []): readonly Spot[] => {
    if (group === undefined || !parents.has(group) || seen.includes(group)) return []
    const known = levels.get(group)
    if (known) return known.path
    const above = pathOf(parents.get(group), [...seen, group])
    const level: Level = { members: [], wires: [] }
    const path = [...above, add(above, level)]
    levels.set(group, { level, path })
    return path
  }
  const add = (above: readonly Spot[], member: number | Level): Spot => {
    const level = innermost(above)
    return { level, slot: level.members.push(member) - 1 }
  }
  const innermost = (path: readonly Spot[]): Level => {
    const spot = path.at(-1)
    const member = spot?.level.members[spot.slot]
    return typeof member === 'object' ? member : root
  }

  const spots = graph.nodes.map((n, i) => {
    const above = pathOf(n.group)
    return [...above, add(above, i)]
  })
  for (const e of graph.edges) {
    const [from, to] = [spots[index.get(e.source) ?? -1], spots[index.get(e.target) ?? -1]]
    if (!from || !to) continue
    let depth = 0
    while (from[depth + 1] && to[depth + 1] && from[depth]?.slot === to[depth]?.slot) depth++
    const [a, b] = [from[depth], to[depth]]
    if (a && b && a.slot !== b.slot) a.level.wires.push([a.slot, b.slot])
    for (const s of from.slice(depth + 1)) s.level.wires.push([s.slot, EXIT])
    for (const s of to.slice(depth + 1)) s.level.wires.push([ENTRY, s.slot])
  }
  return root
}
