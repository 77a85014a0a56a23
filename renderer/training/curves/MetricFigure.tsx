import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { exact } from '../../i18n/format'
import { duration, figure, share } from '../format'
import { Chart } from './Chart'
import classes from './curves.module.css'
import { useCurveView } from './curveView'
import { nearest } from './decimate'
import { Legend } from './Legend'
import type { Line, Mark, Range } from './line'
import { lastX, type Metric } from './runLines'

interface MetricFigureProps {
  readonly title: string
  readonly metric: Metric
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
  const { x, log, hidden, toggle } = useCurveView()
  const shown = useMemo(
    () => lines.filter((l) => !hidden.has(l.key) && !(l.key === 'raw' && hidden.has('train'))),
    [lines, hidden],
  )
  const end = lastX(lines)
  const range = useMemo(() => zoom ?? { min: 0, max: end > 0 ? end : 1 }, [zoom, end])
  const format = metric === 'loss' ? figure : share
  const formatX = (v: number) => (x === 'time' ? duration(v, t) : exact(Number(v.toFixed(x === 'epoch' ? 2 : 0))))
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
      <Legend
        at={cursor === null || !drawn ? '' : t(`training.curves.at.${x}`, { x: formatX(cursor) })}
        entries={entries}
        onToggle={toggle}
      />
      <Chart
        {...rest}
        lines={shown}
        range={range}
        mark={mark}
        log={log && metric === 'loss'}
        hard={hardLimits[metric]}
        xLabel={t(`training.curves.axis.${x}`)}
        yLabel={title}
        formatX={formatX}
        formatY={metric === 'loss' ? axisFigure : (v) => `${Number((v * 100).toFixed(2))} %`}
        summary={`${title}: ${entries.map((e) => `${e.line.label} ${e.value}`).join(', ')}`}
        empty={drawn ? null : empty}
      />
    </figure>
  )
}

const hardLimits: Readonly<Record<Metric, Partial<Range>>> = { loss: { min: 0 }, accuracy: { min: 0, max: 1 } }
const axisFigure = (v: number): string =>
  v !== 0 && Math.abs(v) < 1e-3 ? v.toExponential(0) : String(Number(v.toPrecision(6)))
