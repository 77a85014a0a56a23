import { IconTrash } from '@tabler/icons-react'
import type { Edit } from '#shared/graph/edits'
import { change } from '../canvas/change'
import { selectedComments } from '../canvas/comments'
import { createFlow } from '../canvas/flow'
import { useView } from '../store/view'
import { defineAction } from './action'
import { anySelected, graphNow, selectedLayers } from './selected'

const none: ReadonlySet<string> = new Set()

/** What fed a deleted layer feeds what it fed. */
export function deleteSelected(): void {
  const ids = selectedLayers()
  const { wires, selection, select } = useView.getState()
  // A line between folded blocks stands for several wires.
  const lines = wires.size > 0 ? createFlow()(graphNow(), none, none).edges.filter((e) => wires.has(e.id)) : []
  const cut = lines.flatMap((e) => e.data?.edges ?? [])
  const edits: Edit[] = cut.map((edge) => ({ type: 'disconnect', edge }))
  if (ids.length > 0) edits.push({ type: 'remove', ids, rewire: true })
  const comments = selectedComments(selection)
  if (comments.length > 0) edits.push({ type: 'removeComments', ids: comments })
  change(ids.length > 0 ? 'remove' : comments.length > 0 ? 'removeComment' : 'disconnect', edits)
  select([])
}

export const deleteSelection = defineAction({
  icon: IconTrash,
  keys: ['delete', 'backspace'],
  enabled: () => anySelected() || useView.getState().wires.size > 0,
  run: deleteSelected,
})
