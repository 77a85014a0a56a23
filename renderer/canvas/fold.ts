import { applyEdits, type Edit } from '#shared/graph/edits'
import type { Graph, Point } from '#shared/graph/graph'
import { graphEdit, useDocument } from '../store/document'
import { axesOf, endOf, tidyGap } from './axes'
import { boxOf, viewGroups } from './groups'

/** Folds or opens a group and moves what lies behind it, along the flow: up into the free room, or on to make room. */
export function foldEdits(graph: Graph, id: string, collapsed: boolean): readonly Edit[] {
  const view = viewGroups(graph).byId.get(id)
  if (!view || view.group.collapsed === collapsed) return []
  const inside = new Set(view.members)
  const others = graph.nodes.filter((n) => !inside.has(n.id)).map((n) => ({ id: n.id, box: boxOf(n) }))
  const axes = axesOf(graph)
  const { along } = axes
  const end = endOf(collapsed ? view.frame : view.folded, axes)
  const behind = others.filter((o) => o.box[along] >= end)
  const difference = endOf(view.frame, axes) - endOf(view.folded, axes)
  // Not back past what stands beside the group.
  const beside = others
    .filter((o) => o.box[along] < end && endOf(o.box, axes) > view.folded[along])
    .map((o) => endOf(o.box, axes))
  const room = Math.min(...behind.map((o) => o.box[along])) - tidyGap - Math.max(endOf(view.folded, axes), ...beside)
  const by = collapsed ? -Math.min(difference, Math.max(room, 0)) : difference
  const fold: Edit = { type: 'setGroup', id, change: { collapsed } }
  if (behind.length === 0 || by === 0) return [fold]
  const positions: Record<string, Point> = {}
  for (const { id: node, box } of behind) positions[node] = { x: box.x, y: box.y, [along]: box[along] + by }
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
