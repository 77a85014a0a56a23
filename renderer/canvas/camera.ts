import { getViewportForBounds, type ReactFlowInstance } from '@xyflow/react'
import { useDocument } from '../store/document'
import { commentBox } from './comments'
import type { FlowNode, WireEdge } from './flow'
import { type Box, bottom, boxOf, union, viewGroups } from './groups'
import { boxOfFlowId } from './place'

export type FlowInstance = ReactFlowInstance<FlowNode, WireEdge>

/** The part of the window that the canvas has; null before it is shown. */
export const paneRect = (): DOMRect | null => document.querySelector('.react-flow')?.getBoundingClientRect() ?? null

/** What is drawn: layers, frames and comments. */
export function drawnBox(): Box | null {
  const { graph } = useDocument.getState().document
  const frames = [...viewGroups(graph).byId.values()].filter((v) => v.visible && !v.group.collapsed)
  return union([...graph.nodes.map(boxOf), ...frames.map((v) => v.frame), ...(graph.comments ?? []).map(commentBox)])
}

/** Brings a part of the canvas into view, as large as fits, at most at `maxZoom`. */
function showBox(flow: FlowInstance, box: Box | null, maxZoom = 1, minZoom = 0.05): void {
  const pane = paneRect()
  if (!pane || !box) return
  void flow.setViewport(getViewportForBounds(box, pane.width, pane.height, minZoom, maxZoom, 0.1), { duration: 150 })
}

export const showAll = (flow: FlowInstance): void => showBox(flow, drawnBox())

export function showNodes(flow: FlowInstance, flowIds: Iterable<string>, maxZoom = 1, minZoom = 0.05): void {
  const { graph } = useDocument.getState().document
  showBox(flow, union([...flowIds].flatMap((id) => boxOfFlowId(graph, id) ?? [])), maxZoom, minZoom)
}

/** Moves the view, at the same zoom, only when a node stands outside of it. */
export function keepInView(flow: FlowInstance, flowId: string): void {
  const pane = paneRect()
  const box = boxOfFlowId(useDocument.getState().document.graph, flowId)
  if (!pane || !box) return
  const from = flow.screenToFlowPosition({ x: pane.x, y: pane.y })
  const to = flow.screenToFlowPosition({ x: pane.right, y: pane.bottom })
  const seen = box.x >= from.x && box.y >= from.y && box.x + box.width <= to.x && bottom(box) <= to.y
  if (!seen) void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: flow.getZoom(), duration: 150 })
}
