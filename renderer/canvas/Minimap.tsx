import { Panel, useReactFlow, useStore } from '@xyflow/react'
import { memo, type PointerEvent, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { useShallow } from 'zustand/react/shallow'
import css from './canvas.module.css'
import type { FlowNode } from './flow'
import { type Box, union } from './groups'
import { hueOf, useColors, viewOf } from './paint'

const size = { width: 168, height: 120 }
/** Room around what is shown, in pixels of the map. */
const MARGIN = 6

/** How a part of the drawing fits the map, in the middle of it. */
function fitOf(box: Box): { readonly scale: number; readonly x: number; readonly y: number } {
  const scale = Math.min((size.width - 2 * MARGIN) / box.width, (size.height - 2 * MARGIN) / box.height)
  const start = (room: number, from: number, length: number) => (room - length * scale) / 2 - from * scale
  return { scale, x: start(size.width, box.x, box.width), y: start(size.height, box.y, box.height) }
}

/**
 * The whole network and the part of it that is in view: a press goes there, dragging pans, the wheel zooms. Painted, since thousands
 * of elements would slow down every pan; within the drawing, a pan moves the frame alone. A drag is followed as there is time.
 */
export const Minimap = memo(function Minimap({ nodes: latest }: { readonly nodes: readonly FlowNode[] }) {
  const nodes = useDeferredValue(latest)
  const ref = useRef<HTMLCanvasElement>(null)
  const { x, y, zoom, width, height } = useStore(useShallow(viewOf))
  const { setCenter, zoomTo, getZoom } = useReactFlow()
  const color = useColors()
  const boxes = useMemo(
    () => nodes.map((n) => ({ ...n.position, width: n.width ?? 0, height: n.height ?? 0, hue: hueOf(n) })),
    [nodes],
  )
  const drawn = useMemo(() => union(boxes), [boxes])
  const view: Box = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
  const fit = fitOf(union(drawn ? [drawn, view] : [view]) ?? view)

  useEffect(() => {
    const canvas = ref.current
    const c = canvas?.getContext('2d')
    if (!canvas || !c) return
    const ratio = window.devicePixelRatio
    canvas.width = size.width * ratio
    canvas.height = size.height * ratio
    c.setTransform(fit.scale * ratio, 0, 0, fit.scale * ratio, fit.x * ratio, fit.y * ratio)
    // Thin layers of a long network would vanish.
    const least = 1 / fit.scale
    for (const b of boxes) {
      if (b.hue === null) continue
      c.fillStyle = color(b.hue)
      c.fillRect(b.x, b.y, Math.max(b.width, least), Math.max(b.height, least))
    }
  }, [boxes, color, fit.scale, fit.x, fit.y])

  const goTo = (event: PointerEvent<HTMLCanvasElement>) => {
    const at = event.currentTarget.getBoundingClientRect()
    const to = { x: (event.clientX - at.x - fit.x) / fit.scale, y: (event.clientY - at.y - fit.y) / fit.scale }
    void setCenter(to.x, to.y, { zoom: getZoom() })
  }
  useEffect(() => {
    const canvas = ref.current
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      void zoomTo(getZoom() * 2 ** (-event.deltaY * 0.002))
    }
    // React listens passively, and the browser would zoom the page.
    canvas?.addEventListener('wheel', onWheel, { passive: false })
    return () => canvas?.removeEventListener('wheel', onWheel)
  }, [zoomTo, getZoom])

  return (
    <Panel position="bottom-right" className={css.minimap ?? ''} data-testid="minimap">
      <canvas
        ref={ref}
        style={size}
        aria-hidden
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          goTo(event)
        }}
        onPointerMove={(event) => event.buttons === 1 && goTo(event)}
      />
      <div
        className={css.inView}
        style={{
          width: view.width * fit.scale,
          height: view.height * fit.scale,
          transform: `translate(${fit.x + view.x * fit.scale}px, ${fit.y + view.y * fit.scale}px)`,
        }}
      />
    </Panel>
  )
})
