import { useReactFlow } from '@xyflow/react'
import { useEffect } from 'react'
import { nodeSize } from '#shared/graph/tidy'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { drawnBox, paneRect } from './camera'

/** Below this zoom a network opens at its start, to be read, rather than whole. */
const READABLE = 0.8
const MARGIN = 48

/** Shows a newly opened network: whole where it fits at a readable size, else from its first layers on. */
export function useShowStart(): void {
  const opened = useView((s) => s.opened)
  const { setViewport } = useReactFlow()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `opened` counts how often a document was opened
  useEffect(() => {
    const pane = paneRect()
    const box = drawnBox()
    if (!pane || !box) return
    const fit = Math.min((pane.width - 2 * MARGIN) / box.width, (pane.height - 2 * MARGIN) / box.height, 1)
    const zoom = fit < READABLE ? Math.min(Math.max((pane.width - 2 * MARGIN) / box.width, READABLE), 0.9) : fit
    const whole = box.height * zoom <= pane.height - 2 * MARGIN
    const first = useDocument.getState().document.graph.nodes.find((n) => n.type === 'input')?.position
    const wide = box.width * zoom > pane.width - 2 * MARGIN
    const middle = wide && first ? first.x + nodeSize.width / 2 : box.x + box.width / 2
    void setViewport({
      zoom,
      x: pane.width / 2 - middle * zoom,
      y: whole ? (pane.height - box.height * zoom) / 2 - box.y * zoom : MARGIN - box.y * zoom,
    })
  }, [opened, setViewport])
}
