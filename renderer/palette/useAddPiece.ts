import { useReactFlow } from '@xyflow/react'
import { useCallback } from 'react'
import { keepInView, paneRect } from '../canvas/camera'
import { addNext } from '../canvas/change'
import type { FlowNode, WireEdge } from '../canvas/flow'
import { freeSpot, type Piece } from '../canvas/place'
import { useDocument } from '../store/document'

/** Adds a piece without the mouse: behind the selected layers and wired to them, else in the middle of what one sees. */
export function useAddPiece(): (piece: Piece) => void {
  const flow = useReactFlow<FlowNode, WireEdge>()
  return useCallback(
    (piece) => {
      const pane = paneRect()
      if (!pane) return
      const middle = flow.screenToFlowPosition({ x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 })
      const flowId = addNext(piece, freeSpot(useDocument.getState().document.graph, piece, middle))
      if (flowId !== null) keepInView(flow, flowId)
    },
    [flow],
  )
}
