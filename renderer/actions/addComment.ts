import { IconMessagePlus } from '@tabler/icons-react'
import { paneRect } from '../canvas/camera'
import { startComment } from '../canvas/comments'
import { union } from '../canvas/groups'
import { boxOfFlowId } from '../canvas/place'
import { useView } from '../store/view'
import { defineAction } from './action'
import { graphNow } from './selected'

/** Room between a comment and what it is about. */
const GAP = 24

/** Starts a comment beside what is selected, else in the middle of the view. */
export const addComment = defineAction({
  icon: IconMessagePlus,
  keys: ['shift+c'],
  run({ flow }) {
    const graph = graphNow()
    const about = union([...useView.getState().selection].flatMap((id) => boxOfFlowId(graph, id) ?? []))
    const pane = paneRect()
    if (about) startComment({ x: about.x + about.width + GAP, y: about.y })
    else if (pane)
      startComment(flow.screenToFlowPosition({ x: pane.x + pane.width / 2 - 100, y: pane.y + pane.height / 3 }))
  },
})
