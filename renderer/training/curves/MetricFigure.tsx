import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { axisFigure, axisShare, figure, share } from '../format'
import { Chart } from './Chart'
import classes from './curves.module.css'
import { useCurveView } from './curveView'
import { nearest } from './decimate'
import { Legend } from './Legend'
import type { Line, Mark, Range } from './line'
import { firstX, lastX, type Quantity, type XMode } from './runLines'
import { showX } from './xText'

interface MetricFigureProps {
  readonly title: string
  readonly metric: Quantity
  readonly testId: string
  readonly lines: readonly Line[]
  readonly mark: Mark | null
  readonly empty: string
  readonly zoom: Range | null
  readonly cursor: number | null
  readonly sync: string
  onZoom(range: Range | null): void
  onCursor(x: number | null): void
}

/** One metric's chart with its legend; the legend reads all curves at the cursor, or at their ends. */
export function MetricFigure({ lines, metric, mark, zoom, cursor, title, empty, ...rest }: MetricFigureProps) {
  const { t } = useTranslation()
  const { x, logX, logY, hidden, toggle } = useCurveView()
  const shown = useMemo(
    () => lines.filter((l) => !hidden.has(l.key) && !(l.key === 'raw' && hidden.has('train'))),
    [lines, hidden],
  )
  const end = lastX(lines) || 1
  const start = logX ? firstX(lines, end) : 0
  const range = useMemo(
    () => (zoom ? { min: Math.max(zoom.min, start), max: zoom.max } : { min: start, max: end }),
    [zoom, start, end],
  )
  const log = useMemo(() => ({ x: logX, y: logY && metric !== 'accuracy' }), [logX, logY, metric])
  const format = metric === 'accuracy' ? share : figure
  const entries = lines
    .filter((l) => l.label !== null)
    .map((line) => ({
      line,
      shown: !hidden.has(line.key),
      value: format(nearest(line.points, cursor ?? Number.POSITIVE_INFINITY)?.y ?? null),
    }))
  const drawn = lines.some((l) => l.points.length > 0)
  return (
    <figure className={classes.figure} style={{ margin: 0 }}>
      <Legend entries={drawn ? entries : []} onToggle={toggle} />
      <Chart
        {...rest}
        lines={shown}
        range={range}
        mark={mark}
        log={log}
        hard={hardLimits[metric]}
        xLabel={t(`training.curves.axis.${x}`)}
        yLabel={title}
        xSteps={xSteps[x]}
        formatX={(v) => showX(v, x, t)}
        formatY={metric === 'accuracy' ? axisShare : axisFigure}
        summary={`${title}: ${entries.map((e) => `${e.line.label} ${e.value}`).join(', ')}`}
        empty={drawn ? null : empty}
      />
    </figure>
  )
}

const decades = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i)).flatMap((d) => [d, 2 * d, 5 * d])
/** Whole steps, tenths of epochs, and times that a clock shows. */
const xSteps: Readonly<Record<XMode, readonly number[]>> = {
  step: decades(0, 9),
  epoch: [0.1, 0.2, 0.5, ...decades(0, 6)],
  time: [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, ...decades(0, 3).map((h) => h * 3600)],
}

const hardLimits: Readonly<Record<Quantity, Partial<Range>>> = {
  loss: { min: 0 },
  accuracy: { min: 0, max: 1 },
  learningRate: { min: 0 },
}
