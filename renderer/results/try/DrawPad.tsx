import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { resolver } from '../../training/curves/plotOptions'
import type { Point, Stroke } from './strokes'
import classes from './try.module.css'

/** Pixels of the canvas; it is shown at half of that, so that lines are sharp on fine screens. */
const SIDE = 400
/** About as thick, for its size, as the pen that digits of data sets are written with. */
const BRUSH = SIDE * 0.085

interface DrawPadProps {
  readonly strokes: readonly Stroke[]
  onChange(strokes: readonly Stroke[]): void
  onUndo(): void
  onClear(): void
}

/** A square to draw on with mouse, finger or pen. */
export function DrawPad({ strokes, onChange, onUndo, onClear }: DrawPadProps) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  /** The stroke that is being drawn; others stay as they are. */
  const drawing = useRef<{ readonly pointer: number; readonly before: readonly Stroke[]; points: Point[] } | null>(null)

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!canvas.current || !context) return
    context.clearRect(0, 0, SIDE, SIDE)
    context.strokeStyle = resolver(canvas.current)('var(--nl-text)')
    context.lineWidth = BRUSH
    context.lineCap = 'round'
    context.lineJoin = 'round'
    for (const stroke of strokes) {
      context.beginPath()
      stroke.forEach(([x, y], i) => {
        if (i === 0) context.moveTo(x * SIDE, y * SIDE)
        context.lineTo(x * SIDE, y * SIDE)
      })
      context.stroke()
    }
  })

  const pointOf = (e: { clientX: number; clientY: number }): Point => {
    const box = canvas.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    const within = (v: number) => Math.min(Math.max(v, 0), 1)
    return [within((e.clientX - box.x) / box.width), within((e.clientY - box.y) / box.height)]
  }
  const down = (e: PointerEvent<HTMLCanvasElement>) => {
    if (e.button !== 0 || drawing.current) return
    e.currentTarget.setPointerCapture(e.pointerId)
    drawing.current = { pointer: e.pointerId, before: strokes, points: [pointOf(e)] }
    onChange([...strokes, drawing.current.points])
  }
  const move = (e: PointerEvent<HTMLCanvasElement>) => {
    const now = drawing.current
    if (now?.pointer !== e.pointerId) return
    // What the system put together since the last frame: a fast hand stays round.
    const between = e.nativeEvent.getCoalescedEvents?.() ?? []
    now.points = [...now.points, ...(between.length > 0 ? between : [e]).map(pointOf)]
    onChange([...now.before, now.points])
  }
  const up = (e: PointerEvent<HTMLCanvasElement>) => {
    if (drawing.current?.pointer === e.pointerId) drawing.current = null
  }
  /** The pad has its own undo, as long as it is the pad that is looked at. */
  const keys = (e: KeyboardEvent) => {
    const undo = (e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'z'
    const clear = e.key === 'Delete' || e.key === 'Backspace'
    if (!undo && !clear) return
    e.preventDefault()
    e.nativeEvent.stopPropagation()
    if (undo) onUndo()
    else onClear()
  }
  return (
    <canvas
      ref={canvas}
      className={classes.pad}
      width={SIDE}
      height={SIDE}
      tabIndex={0}
      role="img"
      aria-label={t('results.try.pad')}
      data-testid="draw-pad"
      data-strokes={strokes.length}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={keys}
    />
  )
}
