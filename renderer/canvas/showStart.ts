import { useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import { nodeSize } from '#shared/graph/tidy'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { axesOf, middleOf, pointAt } from './axes'
import { drawnBox, paneRect } from './camera'
import { useDirection } from './direction'

/** Below this zoom a network opens at its start, to be read, rather than whole. */
const READABLE = 0.8
const MARGIN = 48

/** Shows a newly opened network, or one that was turned: whole where it fits at a readable size, else from its first layers on. */
export function useShowStart(): void {
  const opened = useView((s) => s.opened)
  const direction = useDirection()
  const { setViewport } = useReactFlow()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `opened` counts how often a document was opened
  useEffect(() => {
    const pane = paneRect()
    const box = drawnBox()
    if (!pane || !box) return
    const { graph } = useDocument.getState().document
    const axes = axesOf(graph)
    const { along, across, length, breadth } = axes
    const room = { width: pane.width - 2 * MARGIN, height: pane.height - 2 * MARGIN }
    const beside = room[breadth] / box[breadth]
    const fit = Math.min(beside, room[length] / box[length], 1)
    const zoom = fit < READABLE ? Math.min(Math.max(beside, READABLE), 0.9) : fit
    const whole = box[length] * zoom <= room[length]
    const first = graph.nodes.find((n) => n.type === 'input')?.position
    const wide = box[breadth] * zoom > room[breadth]
    const middle = wide && first ? first[across] + nodeSize[breadth] / 2 : middleOf(box, axes)
    const start = whole ? (pane[length] - box[length] * zoom) / 2 : MARGIN
    const corner = pointAt(axes, start - box[along] * zoom, pane[breadth] / 2 - middle * zoom)
    void setViewport({ zoom, ...corner })
  }, [opened, direction, setViewport])
}
