import { useComputedColorScheme } from '@mantine/core'
import { type ReactFlowState, useStore } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { layers } from '#shared/layers/index'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import css from './canvas.module.css'
import type { Flow, FlowNode } from './flow'
import { heatOf } from './heat'

const viewOf = (s: ReactFlowState) => ({
  x: s.transform[0],
  y: s.transform[1],
  zoom: s.transform[2],
  width: s.width,
  height: s.height,
})

/**
 * Zoomed far out, nodes are plain rectangles and there may be thousands: they are painted at once instead of being elements, which
 * keeps panning smooth.
 */
export function Overview({ nodes, edges }: Flow) {
  const ref = useRef<HTMLCanvasElement>(null)
  const view = useStore(useShallow(viewOf))
  const scheme = useComputedColorScheme('light')
  const inference = useDocument((s) => s.inference)
  const heat = useView((s) => s.heat)
  const boxes = useMemo(() => new Map(nodes.map((n) => [n.id, n])), [nodes])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes what the colours' names stand for
  const color = useMemo(() => {
    const style = getComputedStyle(document.documentElement)
    return (name: string) => style.getPropertyValue(name)
  }, [scheme])

  useEffect(() => {
    const canvas = ref.current
    const c = canvas?.getContext('2d')
    if (!canvas || !c) return
    const ratio = window.devicePixelRatio
    canvas.width = view.width * ratio
    canvas.height = view.height * ratio
    const scale = view.zoom * ratio
    c.setTransform(scale, 0, 0, scale, view.x * ratio, view.y * ratio)
    const [left, top] = [-view.x / view.zoom, -view.y / view.zoom]
    const [right, low] = [left + view.width / view.zoom, top + view.height / view.zoom]
    const seen = ({ position: p, width = 0, height = 0 }: FlowNode) =>
      p.x < right && p.y < low && p.x + width > left && p.y + height > top

    c.strokeStyle = color('--nl-wire')
    c.lineWidth = 1 / view.zoom
    c.beginPath()
    for (const e of edges) {
      const [from, to] = [boxes.get(e.source), boxes.get(e.target)]
      if (!from || !to || (!seen(from) && !seen(to))) continue
      const x = from.position.x + (from.width ?? 0) / 2
      const bend = to.position.y - 16
      c.moveTo(x, from.position.y + (from.height ?? 0))
      const lane = e.data?.lane ?? x
      if (lane !== x) c.lineTo(lane, from.position.y + (from.height ?? 0) + 16)
      const end = to.position.x + (to.width ?? 0) / 2
      c.lineTo(lane, bend)
      c.lineTo(end, bend)
      c.lineTo(end, to.position.y)
    }
    c.stroke()

    for (const n of nodes) {
      if (!seen(n)) continue
      const { x, y } = n.position
      const [width, height] = [n.width ?? 0, n.height ?? 0]
      if (n.type === 'frame') {
        c.strokeStyle = color('--nl-border')
        c.strokeRect(x, y, width, height)
        continue
      }
      if (n.type === 'comment') {
        c.fillStyle = color(`--nl-note-${n.data.comment.color}`)
        c.fillRect(x, y, width, height)
        continue
      }
      const layer = n.type === 'layer' ? n.data.node : null
      const wrong = layer && inference.node(layer.id)?.problems.some((p) => p.severity === 'error')
      const hue = layer && layer.type !== 'unknown' ? `--nl-${layers[layer.type].category}` : '--nl-muted'
      c.globalAlpha = layer && heat !== 'none' ? 0.1 + 0.9 * (heatOf(heat, inference, layer.id) / 100) : 1
      c.fillStyle = color(wrong ? '--nl-error' : heat !== 'none' ? '--nl-heat' : hue)
      c.fillRect(x, y, width, height)
      c.globalAlpha = 1
      if (!n.selected) continue
      c.strokeStyle = color('--nl-accent')
      c.lineWidth = 3 / view.zoom
      c.strokeRect(x, y, width, height)
      c.lineWidth = 1 / view.zoom
    }
  }, [view, nodes, edges, boxes, color, inference, heat])

  return <canvas ref={ref} className={css.overview} />
}
