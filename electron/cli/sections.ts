import { findNode, type Graph, type GraphNode } from '#shared/graph/graph'

/** A layer, or a group with what is in it, in the order of their first layers. */
export type Section = { readonly node: GraphNode } | { readonly name: string; readonly members: Section[] }

/** The layers of a network under the groups that hold them. */
export function sectionsOf(graph: Graph, order: readonly string[]): readonly Section[] {
  const root: Section[] = []
  const groups = new Map(graph.groups.map((g) => [g.id, g]))
  const made = new Map<string, Section[]>()
  const membersOf = (id: string | undefined): Section[] => {
    const group = id === undefined ? undefined : groups.get(id)
    if (!group) return root
    const known = made.get(group.id)
    if (known) return known
    const members: Section[] = []
    made.set(group.id, members)
    membersOf(group.parent).push({ name: group.name, members })
    return members
  }
  for (const node of inOrder(graph, order)) membersOf(node.group).push({ node })
  return root
}

/** As drawn, where every layer already comes after what feeds it; else in the order of computation. */
function inOrder(graph: Graph, order: readonly string[]): Iterable<GraphNode> {
  const place = new Map(graph.nodes.map((n, i) => [n.id, i]))
  const sorted = graph.edges.every(
    (e) => (place.get(e.source) ?? -1) < (place.get(e.target) ?? Number.POSITIVE_INFINITY),
  )
  return sorted ? graph.nodes : order.flatMap((id) => findNode(graph, id) ?? [])
}
