import { useReactFlow } from '@xyflow/react'
import { useCallback } from 'react'
import { paneRect } from '../canvas/camera'
import { addNext } from '../canvas/change'
import { bottom } from '../canvas/groups'
import { freeSpot, type Piece } from '../canvas/place'
import { useDocument } from '../store/document'

/** Adds a piece without the mouse: behind the selected layer and wired to it, else in the middle of what one sees. */
export function useAddPiece(): (piece: Piece) => void {
  const { screenToFlowPosition, getZoom, setCenter } = useReactFlow()
  return useCallback(
    (piece) => {
      const pane = paneRect()
      if (!pane) return
      const middle = screenToFlowPosition({ x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 })
      const box = addNext(piece, freeSpot(useDocument.getState().document.graph, piece, middle))
      if (!box) return
      const from = screenToFlowPosition({ x: pane.x, y: pane.y })
      const to = screenToFlowPosition({ x: pane.right, y: pane.bottom })
      const seen = box.x >= from.x && box.y >= from.y && box.x + box.width <= to.x && bottom(box) <= to.y
      if (!seen) void setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: getZoom(), duration: 150 })
    },
    [screenToFlowPosition, getZoom, setCenter],
  )
}
