import { useStore } from '@xyflow/react'
import { memo, useId } from 'react'
import css from './canvas.module.css'
import { wholePixels } from './pixels'

/** Distance of the dots at 100 %, in pixels. */
const GAP = 20
/** How far the dots reach beyond the canvas, as its style says: their distance at the largest zoom. */
const BEYOND = 50

/** Dots behind the drawing. They are painted once per zoom, and a pan only moves them, by less than their distance. */
export const Dots = memo(function Dots() {
  const [x, y, zoom] = wholePixels(useStore((s) => s.transform))
  const id = useId()
  const gap = GAP * zoom
  const [left, top] = wholePixels([x % gap, y % gap, zoom])
  return (
    <div className={css.dots} style={{ transform: `translate(${left}px, ${top}px)` }}>
      <svg width="100%" height="100%" aria-hidden>
        <pattern id={id} x={BEYOND} y={BEYOND} width={gap} height={gap} patternUnits="userSpaceOnUse">
          <circle cx={gap / 2} cy={gap / 2} r={zoom / 2} fill="var(--nl-line)" />
        </pattern>
        <rect width="100%" height="100%" fill={`url(#${id})`} />
      </svg>
    </div>
  )
})
