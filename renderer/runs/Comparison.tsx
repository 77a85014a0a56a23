import { SegmentedControl } from '@mantine/core'
import { useCallback, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CurveToolbar } from '../training/curves/CurveToolbar'
import { useCurveView } from '../training/curves/curveView'
import type { Line, Range } from '../training/curves/line'
import { MetricFigure } from '../training/curves/MetricFigure'
import { hasAccuracy, type Metric, runLines, type XMode } from '../training/curves/runLines'
import { cursorText } from '../training/curves/xText'
import { runColor, runDash } from './colors'
import type { Run } from './run'
import classes from './runs.module.css'

interface ComparisonProps {
  readonly runs: readonly Run[]
  readonly names: readonly string[]
  /** Changes whenever a curve grew. */
  readonly revision: number
}

/** What can be laid over each other: a metric of one part of the data. */
const quantities = ['val_accuracy', 'val_loss', 'accuracy', 'loss'] as const
type Quantity = (typeof quantities)[number]
const metricOf = (q: Quantity): Metric => (q.endsWith('loss') ? 'loss' : 'accuracy')

/** The curves of several runs in one chart. */
export function Comparison({ runs, names, revision }: ComparisonProps) {
  const { t } = useTranslation()
  const { x, smoothing } = useCurveView()
  const offered = quantities.filter((q) => metricOf(q) === 'loss' || runs.some(hasAccuracy))
  const [wanted, setWanted] = useState<Quantity>('val_accuracy')
  const quantity = offered.includes(wanted) ? wanted : 'val_loss'
  const metric = metricOf(quantity)
  const [zoom, setZoom] = useState<{ readonly x: XMode; readonly range: Range } | null>(null)
  const unzoom = useCallback(() => setZoom(null), [])
  const zoomed = zoom?.x === x ? zoom.range : null
  const [cursor, setCursor] = useState<number | null>(null)
  const sync = useId()
  // biome-ignore lint/correctness/useExhaustiveDependencies: curves grow in place; `revision` tells that they did.
  const lines = useMemo(
    () =>
      runs.flatMap((run, i): Line[] => {
        const part = quantity.startsWith('val_') ? 'validation' : 'train'
        const line = runLines(run, x, metric, smoothing, { train: '', validation: '' }).find((l) => l.key === part)
        const dash = runDash(i)
        if (!line) return []
        const { dash: _, ...style } = line
        return [{ ...style, key: run.summary.id, label: names[i] ?? '', color: runColor(i), ...(dash && { dash }) }]
      }),
    [runs, revision, x, quantity, smoothing, names],
  )
  const offers = offered.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `offers` stands for what is offered.
  const switcher = useMemo(
    () => (
      <SegmentedControl
        size="xs"
        aria-label={t('training.curves.y')}
        value={quantity}
        onChange={(v) => setWanted(quantities.find((q) => q === v) ?? 'val_loss')}
        data={offered.map((value) => ({ value, label: t(`training.runs.shown.${value}`) }))}
      />
    ),
    [quantity, offers, t],
  )
  return (
    <section className={classes.comparison} data-testid="comparison" aria-label={t('training.runs.compare')}>
      <CurveToolbar switcher={switcher} at={cursorText(cursor, x, t)} zoomed={zoomed !== null} onReset={unzoom} />
      <MetricFigure
        testId="chart-comparison"
        metric={metric}
        title={t(`training.runs.shown.${quantity}`)}
        lines={lines}
        mark={null}
        empty={t('training.runs.noFigures')}
        zoom={zoomed}
        cursor={cursor}
        sync={sync}
        onZoom={(range) => setZoom(range && { x, range })}
        onCursor={setCursor}
      />
    </section>
  )
}
