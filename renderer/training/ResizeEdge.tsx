import { type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './training.module.css'

const MIN = 160
const STEP = 24
/** The canvas above keeps at least this much, in pixels. */
const CANVAS = 200

/** The drawer's upper edge: drag it, or focus it and press the arrow keys. */
export function ResizeEdge({ height, onResize }: { readonly height: number; onResize(height: number): void }) {
  const { t } = useTranslation()
  const from = useRef<{ readonly y: number; readonly height: number } | null>(null)
  const resize = (h: number) => onResize(Math.round(Math.max(MIN, Math.min(h, window.innerHeight - CANVAS))))
  const release = (e: PointerEvent) => {
    from.current = null
    e.currentTarget.releasePointerCapture(e.pointerId)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a movable separator is a widget, which <hr> is not.
    <div
      className={classes.edge}
      role="separator"
      aria-orientation="horizontal"
      aria-label={t('training.action.resize')}
      aria-valuenow={height}
      aria-valuemin={MIN}
      tabIndex={0}
      onPointerDown={(e) => {
        from.current = { y: e.clientY, height }
        e.currentTarget.setPointerCapture(e.pointerId)
      }}
      onPointerMove={(e) => from.current && resize(from.current.height + from.current.y - e.clientY)}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={(e) => {
        if (e.key === 'ArrowUp') resize(height + STEP)
        if (e.key === 'ArrowDown') resize(height - STEP)
      }}
    />
  )
}
