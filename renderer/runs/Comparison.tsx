import { SegmentedControl } from '@mantine/core'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurveView } from '../training/curves/curveView'
import type { Line, Range } from '../training/curves/line'
import { MetricFigure } from '../training/curves/MetricFigure'
import { type Metric, validationPoints } from '../training/curves/runLines'
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

/** The validation curves of several runs in one chart. */
export function Comparison({ runs, names, revision }: ComparisonProps) {
  const { t } = useTranslation()
  const x = useCurveView((s) => s.x)
  const [metric, setMetric] = useState<Metric>('accuracy')
  const [zoom, setZoom] = useState<Range | null>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const sync = useId()
  // biome-ignore lint/correctness/useExhaustiveDependencies: curves grow in place; `revision` tells that they did.
  const lines = useMemo(
    () =>
      runs.map((run, i): Line => {
        const dash = runDash(i)
        return {
          key: run.summary.id,
          label: names[i] ?? '',
          color: runColor(i),
          width: 2,
          dots: true,
          ...(dash && { dash }),
          points: validationPoints(run, x, metric),
        }
      }),
    [runs, revision, x, metric, names],
  )
  return (
    <section className={classes.comparison} data-testid="comparison">
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          aria-label={t('training.curves.y')}
          value={metric}
          onChange={(v) => setMetric(v === 'loss' ? 'loss' : 'accuracy')}
          data={(['accuracy', 'loss'] as const).map((m) => ({ value: m, label: t(`training.runs.val_${m}`) }))}
        />
        <span className={classes.at}>{cursorText(cursor, x, t)}</span>
      </div>
      <MetricFigure
        testId="chart-comparison"
        metric={metric}
        title={t(`training.runs.val_${metric}`)}
        lines={lines}
        mark={null}
        empty={t('training.runs.noValidation')}
        zoom={zoom}
        cursor={cursor}
        sync={sync}
        onZoom={setZoom}
        onCursor={setCursor}
      />
    </section>
  )
}
