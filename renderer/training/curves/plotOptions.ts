import type uPlot from 'uplot'
import { FEW, type Line, type Mark, type Range } from './line'

/** A line's style: what a chart is made with. Its points come with every update. */
export type Style = Omit<Line, 'points'>

export interface PlotLook {
  readonly styles: readonly Style[]
  readonly xLabel: string
  readonly yLabel: string
  /** Which axes are logarithmic. */
  readonly log: { readonly x: boolean; readonly y: boolean }
  /** The steps that the x axis may be divided in. */
  readonly xSteps: readonly number[]
  /** Limits that y never leaves: 0…1 for a share. */
  readonly hard: Partial<Range>
  /** Charts with the same key share their cursor. */
  readonly sync: string
  formatX(x: number): string
  formatY(y: number): string
  onZoom(range: Range | null): void
  /** The x under the cursor, or null. */
  onCursor(x: number | null): void
}

/** Resolves `var(--…)`: a canvas does not know the style sheet. */
export function resolver(element: Element): (color: string) => string {
  const style = getComputedStyle(element)
  return (color) => {
    const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1]
    return name ? style.getPropertyValue(name).trim() : color
  }
}

const FONT = '11px system-ui, sans-serif'

export function plotOptions(
  look: PlotLook,
  size: { readonly width: number; readonly height: number },
  color: (c: string) => string,
  now: { readonly mark: Mark | null; readonly lines: readonly Line[] },
): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: color('var(--nl-muted)'),
    grid: { stroke: color('var(--nl-line)'), width: 1 },
    ticks: { stroke: color('var(--nl-line)'), width: 1, size: 4 },
    font: FONT,
    labelFont: FONT,
    labelGap: 0,
    gap: 4,
  }
  return {
    ...size,
    // Room for half of the last figure below the axis.
    padding: [8, 24, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, auto: false, ...(look.log.x && { distr: 3, range: exactly }) },
      y: look.log.y
        ? { distr: 3, range: withRoom }
        : {
            range: {
              min: { pad: 0.08, ...(look.hard.min !== undefined && { hard: look.hard.min }) },
              max: { pad: 0.08, ...(look.hard.max !== undefined && { hard: look.hard.max }) },
            },
          },
    },
    axes: [
      {
        ...axis,
        size: 24,
        label: look.xLabel,
        labelSize: 14,
        incrs: [...look.xSteps],
        values: (_, xs) => xs.map((x) => (x === null ? '' : look.formatX(x))),
      },
      {
        ...axis,
        size: 52,
        label: look.yLabel,
        labelSize: 14,
        values: (_, ys) => ys.map((y) => (y === null ? '' : look.formatY(y))),
      },
    ],
    series: [
      {},
      ...look.styles.map((line, i): uPlot.Series => {
        const stroke = color(line.color)
        return {
          label: line.key,
          stroke,
          width: line.width,
          ...(line.dash && { dash: [...line.dash] }),
          ...(line.alpha !== undefined && { alpha: line.alpha }),
          points: {
            show: () => line.dots === true && (now.lines[i]?.points.length ?? 0) <= FEW,
            size: 5,
            stroke,
            fill: stroke,
          },
        }
      }),
    ],
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 4 },
      sync: { key: look.sync, scales: ['x', null], setSeries: false },
      points: {
        size: 7,
        width: 1.5,
        stroke: color('var(--nl-surface)'),
        fill: (_, i) => color(look.styles[i - 1]?.color ?? ''),
      },
      // Raw values get no dot; a sparse curve takes its nearest point.
      dataIdx: (u, series, closest) =>
        look.styles[series - 1]?.label === null ? null : nearestIndex(u, series, closest),
      bind: {
        dblclick: () => () => {
          look.onZoom(null)
          return null
        },
      },
    },
    hooks: {
      setCursor: [
        (u) => {
          const { left = -1 } = u.cursor
          look.onCursor(left < 0 ? null : u.posToVal(left, 'x'))
        },
      ],
      setSelect: [
        (u) => {
          const { left, width } = u.select
          if (width < 4) return
          look.onZoom({ min: u.posToVal(left, 'x'), max: u.posToVal(left + width, 'x') })
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
        },
      ],
      draw: [(u) => drawMark(u, now.mark, color)],
    },
  }
}

/** uPlot would round a logarithmic axis to whole decades. */
const exactly: uPlot.Range.Function = (_, min, max) => [min, max]
const withRoom: uPlot.Range.Function = (_, min, max) => (min > 0 && max > 0 ? [min / 1.15, max * 1.15] : [0.1, 1])

function nearestIndex(u: uPlot, series: number, closest: number): number | null {
  const ys = u.data[series]
  if (!ys) return null
  const there = (i: number) => typeof ys[i] === 'number'
  for (let d = 0; d < ys.length; d++) {
    if (there(closest - d)) return closest - d
    if (there(closest + d)) return closest + d
  }
  return null
}

function drawMark(u: uPlot, mark: Mark | null, color: (c: string) => string): void {
  const { min, max } = u.scales.x ?? {}
  if (!mark || min === undefined || max === undefined || mark.x < min || mark.x > max) return
  const { ctx, bbox } = u
  const ratio = devicePixelRatio
  const x = Math.round(u.valToPos(mark.x, 'x', true))
  const y = u.valToPos(mark.y, 'y', true)
  ctx.save()
  ctx.strokeStyle = ctx.fillStyle = color('var(--nl-good)')
  ctx.lineWidth = ratio
  ctx.setLineDash([2 * ratio, 3 * ratio])
  ctx.beginPath()
  ctx.moveTo(x + 0.5, bbox.top)
  ctx.lineTo(x + 0.5, bbox.top + bbox.height)
  ctx.stroke()
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.arc(x, y, 4.5 * ratio, 0, 2 * Math.PI)
  ctx.lineWidth = 2 * ratio
  ctx.stroke()
  ctx.font = `${11 * ratio}px system-ui, sans-serif`
  const right = x + ctx.measureText(mark.text).width + 8 * ratio > bbox.left + bbox.width
  ctx.textAlign = right ? 'right' : 'left'
  // Where the curve is not: a loss ends at the bottom, an accuracy at the top.
  const low = y < bbox.top + bbox.height / 2
  ctx.textBaseline = low ? 'bottom' : 'top'
  ctx.fillText(mark.text, x + (right ? -6 : 6) * ratio, low ? bbox.top + bbox.height - 4 * ratio : bbox.top + 2 * ratio)
  ctx.restore()
}
