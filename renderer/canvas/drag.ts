import { transplant } from '#shared/graph/edits'
import type { Graph, Point } from '#shared/graph/graph'
import type { List } from '#shared/graph/list'
import { type Document, graphEdit, useDocument } from '../store/document'
import { useView } from '../store/view'
import { moveEdits } from './change'
import { flowIdsOf, partOf } from './clipboard'
import { boxOfFlowId } from './place'

/** Distance of the lines that a drag snaps to, in pixels. */
export const SNAP = 8

/** Set while copies are dragged: what they are copies of, and the document without them. */
let copying: { readonly part: Graph; readonly from: Document } | null = null

/** With Alt, the originals stay and copies follow the pointer. */
export function startDrag(ids: readonly string[], copy: boolean): void {
  const { document } = useDocument.getState()
  copying = copy ? { part: partOf(document.graph, new Set(ids)), from: document } : null
}

/** Shows layers and groups, or their copies, at new places. */
export function dragTo(moves: ReadonlyMap<string, Point>): void {
  const { preview } = useDocument.getState()
  if (!copying) {
    preview(graphEdit(...moveEdits(moves)))
    return
  }
  const { part, from } = copying
  const [first] = moves
  const box = first && boxOfFlowId(from.graph, first[0])
  if (!box) return
  const by = { x: first[1].x - box.x, y: first[1].y - box.y }
  preview(() => graphEdit(transplant(from.graph, part, by))(from))
}

export function endDrag(): void {
  const { commit } = useDocument.getState()
  if (!copying) {
    commit('move')
    return
  }
  const { from } = copying
  copying = null
  commit('duplicate')
  const { graph } = useDocument.getState().document
  const added = flowIdsOf({
    nodes: notIn(from.graph.nodes, graph.nodes),
    groups: notIn(from.graph.groups, graph.groups),
    comments: notIn(from.graph.comments ?? [], graph.comments ?? []),
  })
  if (added.length > 0) useView.getState().select(added)
}

function notIn<T extends { readonly id: string }>(before: List<T>, after: List<T>): T[] {
  const there = new Set(before.map((x) => x.id))
  return after.filter((x) => !there.has(x.id))
}
