import { useStore } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { flipBox } from './axes'
import css from './canvas.module.css'
import { useDirection } from './direction'
import type { Flow, FlowNode } from './flow'
import { bottom } from './groups'
import { heatOf } from './heat'
import { hueOf, useColors, viewOf } from './paint'

/**
 * Zoomed far out, nodes are plain rectangles and there may be thousands: they are painted at once instead of being elements, which
 * keeps panning smooth.
 */
export function Overview({ nodes, edges }: Flow) {
  const sideways = useDirection() === 'right'
  const ref = useRef<HTMLCanvasElement>(null)
  const view = useStore(useShallow(viewOf))
  const inference = useDocument((s) => s.inference)
  const heat = useView((s) => s.heat)
  const boxes = useMemo(() => new Map(nodes.map((n) => [n.id, n])), [nodes])
  const color = useColors()

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
    const [move, line] = sideways
      ? [(x: number, y: number) => c.moveTo(y, x), (x: number, y: number) => c.lineTo(y, x)]
      : [(x: number, y: number) => c.moveTo(x, y), (x: number, y: number) => c.lineTo(x, y)]
    const box = ({ position: p, width = 0, height = 0 }: FlowNode) => {
      const b = { ...p, width, height }
      return sideways ? flipBox(b) : b
    }
    for (const e of edges) {
      const [from, to] = [boxes.get(e.source), boxes.get(e.target)]
      if (!from || !to || (!seen(from) && !seen(to))) continue
      const [a, b] = [box(from), box(to)]
      const x = a.x + a.width / 2
      const bend = b.y - 16
      move(x, bottom(a))
      const lane = e.data?.lane ?? x
      if (lane !== x) line(lane, bottom(a) + 16)
      const end = b.x + b.width / 2
      line(lane, bend)
      line(end, bend)
      line(end, b.y)
    }
    c.stroke()

    for (const n of nodes) {
      if (!seen(n)) continue
      const { x, y } = n.position
      const [width, height] = [n.width ?? 0, n.height ?? 0]
      const hue = hueOf(n)
      if (hue === null) {
        c.strokeStyle = color('--nl-border')
        c.strokeRect(x, y, width, height)
        continue
      }
      const isLayer = n.type === 'layer'
      const wrong = isLayer && inference.node(n.id)?.problems.some((p) => p.severity === 'error')
      const heated = heat !== 'none' && n.type !== 'comment'
      c.globalAlpha = isLayer && heat !== 'none' ? 0.1 + 0.9 * (heatOf(heat, inference, n.id) / 100) : 1
      c.fillStyle = color(wrong ? '--nl-error' : heated ? '--nl-heat' : hue)
      c.fillRect(x, y, width, height)
      c.globalAlpha = 1
      if (!n.selected) continue
      c.strokeStyle = color('--nl-accent')
      c.lineWidth = 3 / view.zoom
      c.strokeRect(x, y, width, height)
      c.lineWidth = 1 / view.zoom
    }
  }, [view, nodes, edges, boxes, color, inference, heat, sideways])

  return <canvas ref={ref} className={css.overview} />
}
