import { Position } from '@xyflow/react'
import { type Direction, directionOf } from '#shared/graph/graph'
import { useDocument } from '../store/document'

export const useDirection = (): Direction => useDocument((s) => directionOf(s.document.graph))

/** The sides at which wires arrive and leave. */
export const sides: Readonly<Record<Direction, { readonly target: Position; readonly source: Position }>> = {
  down: { target: Position.Top, source: Position.Bottom },
  right: { target: Position.Left, source: Position.Right },
}
