import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Planes } from '#shared/training/try'
import { figure } from '../../training/format'
import { cornerOf, layOut, pixelsOf, type Spot, spotAt, unpack, valuesAt } from './planes'
import classes from './try.module.css'

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
}

/** Small pictures on one canvas, each from its own least value in black to its greatest in white; the pointer or the arrows read numbers. */
export function PlaneGrid({ planes, label }: { readonly planes: Planes; readonly label: string }) {
  const { t } = useTranslation()
  const { ref, width: room } = useElementSize()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [spot, setSpot] = useState<Spot | null>(null)
  const pictures = useMemo(() => unpack(planes), [planes])
  const layout = useMemo(() => layOut(pictures, room), [pictures, room])

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!canvas.current || !context || room === 0) return
    const fine = window.devicePixelRatio || 1
    canvas.current.width = Math.round(layout.width * fine)
    canvas.current.height = Math.round(layout.height * fine)
    context.scale(fine, fine)
    const { tile } = layout
    context.imageSmoothingEnabled = tile.width < pictures.width
    const scratch = new OffscreenCanvas(pictures.width, pictures.height)
    const pen = scratch.getContext('2d')
    for (let i = 0; pen && i < pictures.shown; i++) {
      pen.putImageData(pixelsOf(pictures, i), 0, 0)
      const [x, y] = cornerOf(layout, i)
      context.drawImage(scratch, x, y, tile.width, tile.height)
    }
  }, [pictures, layout, room])

  const point = (e: PointerEvent<HTMLCanvasElement>) => {
    const box = e.currentTarget.getBoundingClientRect()
    setSpot(spotAt(pictures, layout, e.clientX - box.x, e.clientY - box.y))
  }
  const keys = (e: KeyboardEvent) => {
    const move = moves[e.key]
    if (!move) return
    e.preventDefault()
    e.stopPropagation()
    const { plane, row, column } = spot ?? { plane: 0, row: 0, column: -1 }
    // Over the right edge of one plane to the next, and back.
    const over = column + move[1] >= pictures.width ? 1 : column + move[1] < 0 ? -1 : 0
    const next = plane + over
    if (next < 0 || next >= pictures.shown) return
    const within = (v: number, n: number) => Math.min(Math.max(v, 0), n - 1)
    setSpot({
      plane: next,
      row: within(row + move[0], pictures.height),
      column: over > 0 ? 0 : over < 0 ? pictures.width - 1 : column + move[1],
    })
  }
  const here =
    spot && spot.plane < pictures.shown && spot.row < pictures.height && spot.column < pictures.width ? spot : null
  return (
    <div ref={ref} className={classes.grid}>
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={label}
        data-testid="planes"
        data-shown={pictures.shown}
        style={{ width: layout.width, height: layout.height }}
        onPointerMove={point}
        onPointerLeave={() => setSpot(null)}
        onKeyDown={keys}
      />
      {here && (
        <output className={classes.spot} style={spotStyle(layout, here)} data-testid="plane-value">
          {t('results.maps.spot', {
            channel: here.plane + 1,
            row: here.row + 1,
            column: here.column + 1,
            value: valuesAt(pictures, here)
              .map((v) => (Number.isFinite(v) ? figure(v) : '–'))
              .join(' / '),
          })}
        </output>
      )}
    </div>
  )
}

/** Below its plane, so that it covers nothing of it. */
function spotStyle(layout: ReturnType<typeof layOut>, { plane }: Spot) {
  const [x, y] = cornerOf(layout, plane)
  const onLeft = x < layout.width / 2
  return {
    top: y + layout.tile.height + 2,
    ...(onLeft ? { left: x } : { right: layout.width - x - layout.tile.width }),
  }
}
