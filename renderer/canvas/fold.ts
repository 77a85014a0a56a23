import { applyEdits, type Edit } from '#shared/graph/edits'
import type { Graph, Point } from '#shared/graph/graph'
import { graphEdit, useDocument } from '../store/document'
import { bottom, boxOf, viewGroups } from './groups'
import { tidyGap } from './place'

/** Folds or opens a group and moves what lies below it: up into the free room, or down to make room. */
export function foldEdits(graph: Graph, id: string, collapsed: boolean): readonly Edit[] {
  const view = viewGroups(graph).byId.get(id)
  if (!view || view.group.collapsed === collapsed) return []
  const inside = new Set(view.members)
  const others = graph.nodes.filter((n) => !inside.has(n.id)).map((n) => ({ id: n.id, box: boxOf(n) }))
  const end = bottom(collapsed ? view.frame : view.folded)
  const below = others.filter((o) => o.box.y >= end)
  const difference = bottom(view.frame) - bottom(view.folded)
  // Not up past what stands beside the group.
  const beside = others.filter((o) => o.box.y < end && bottom(o.box) > view.folded.y).map((o) => bottom(o.box))
  const room = Math.min(...below.map((o) => o.box.y)) - tidyGap - Math.max(bottom(view.folded), ...beside)
  const by = collapsed ? -Math.min(difference, Math.max(room, 0)) : difference
  const fold: Edit = { type: 'setGroup', id, change: { collapsed } }
  if (below.length === 0 || by === 0) return [fold]
  const positions: Record<string, Point> = {}
  for (const { id: node, box } of below) positions[node] = { x: box.x, y: box.y + by }
  return [fold, { type: 'move', positions }]
}

/** Folds or opens one group. */
export const foldGroup = (id: string, collapsed: boolean): void =>
  useDocument.getState().edit(collapsed ? 'fold' : 'unfold', (d) => graphEdit(...foldEdits(d.graph, id, collapsed))(d))

/** Folds the outermost groups, or opens all. */
export const foldAllGroups = (collapsed: boolean): void =>
  useDocument.getState().edit(collapsed ? 'fold' : 'unfold', (d) => {
    const ids = d.graph.groups.filter((g) => !collapsed || g.parent === undefined).map((g) => g.id)
    const graph = ids.reduce((g, id) => applyEdits(g, foldEdits(g, id, collapsed)), d.graph)
    return graph === d.graph ? d : { ...d, graph }
  })
