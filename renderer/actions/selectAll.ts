import { IconSelectAll } from '@tabler/icons-react'
import { commentFlowId } from '../canvas/comments'
import { viewGroups } from '../canvas/groups'
import { useView } from '../store/view'
import { defineAction } from './action'
import { graphNow } from './selected'

export const selectAll = defineAction({
  icon: IconSelectAll,
  keys: ['mod+a'],
  run() {
    const graph = graphNow()
    const views = viewGroups(graph)
    const comments = (graph.comments ?? []).map((c) => commentFlowId(c.id))
    useView.getState().select([...graph.nodes.map((n) => views.standsFor(n)), ...comments])
  },
})
