import { applyEdit, applyEdits, type Edit } from '#shared/graph/edits'
import { findNode, type Graph, type Group, type Point } from '#shared/graph/graph'
import { type Box, boxOf, union, viewGroups } from './groups'

/** Room between a new frame and what it pushes away, in pixels at zoom 1: a wire can still bend there. */
const CLEAR = 24

/** Moves what begins at `from` or beyond it; where several such places are told, by the sum. */
export function makeRoom(
  graph: Graph,
  axis: 'x' | 'y',
  ...places: readonly { readonly from: number; readonly by: number }[]
): readonly Edit[] {
  const positions: Record<string, Point> = {}
  for (const { id, position } of graph.nodes) {
    const by = places.reduce((sum, p) => (position[axis] >= p.from ? sum + Math.max(p.by, 0) : sum), 0)
    if (by > 0) positions[id] = { ...position, [axis]: position[axis] + by }
  }
  return Object.keys(positions).length > 0 ? [{ type: 'move', positions }] : []
}

/** Puts layers into a new group. Its frame is larger than they are: what stands in its way makes room. */
export function groupEdits(graph: Graph, group: Group, ids: readonly string[]): readonly Edit[] {
  const frame: Edit = { type: 'group', group, ids }
  const framed = applyEdit(graph, frame)
  const down = roomForFrame(framed, group.id, 'y')
  return [frame, ...down, ...roomForFrame(applyEdits(framed, down), group.id, 'x')]
}

function roomForFrame(graph: Graph, id: string, axis: 'x' | 'y'): readonly Edit[] {
  const views = viewGroups(graph)
  const view = views.byId.get(id)
  const inner = union(view?.members.flatMap((m) => findNode(graph, m) ?? []).map(boxOf) ?? [])
  if (!view || !inner) return []
  const [size, other, breadth] =
    axis === 'y' ? (['height', 'x', 'width'] as const) : (['width', 'y', 'height'] as const)
  const end = (b: Box) => b[axis] + b[size]
  const { frame } = view
  const inside = new Set(view.members)
  const beside = [
    ...graph.nodes.filter((n) => !inside.has(n.id) && views.standsFor(n) === n.id).map(boxOf),
    ...[...views.byId.values()]
      .filter((v) => v.visible && !v.members.some((m) => inside.has(m)))
      .map((v) => (v.group.collapsed ? v.folded : v.frame)),
  ].filter((b) => b[other] < frame[other] + frame[breadth] && b[other] + b[breadth] > frame[other])
  const before = beside.filter((b) => end(b) <= inner[axis] && end(b) > frame[axis]).map((b) => end(b) - frame[axis])
  const behind = beside.filter((b) => b[axis] >= end(inner) && b[axis] < end(frame)).map((b) => end(frame) - b[axis])
  const room = (overlaps: readonly number[]) => (overlaps.length > 0 ? Math.max(...overlaps) + CLEAR : 0)
  return makeRoom(graph, axis, { from: inner[axis], by: room(before) }, { from: end(inner), by: room(behind) })
}
