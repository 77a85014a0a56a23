import { SegmentedControl } from '@mantine/core'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { trainingFields } from '#shared/training/config'
import { fieldLabel } from '../i18n/names'
import { useRuns } from '../store/run'
import { useCurveView } from '../training/curves/curveView'
import type { Line, Range } from '../training/curves/line'
import { MetricFigure } from '../training/curves/MetricFigure'
import { type Metric, validationPoints } from '../training/curves/runLines'
import { runColor, runDash } from './colors'
import { differences } from './differences'
import type { Run } from './run'
import classes from './runs.module.css'

/** The validation curves of several runs in one chart, and the settings in which they differ. */
export function Comparison({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation()
  const all = useRuns((s) => s.runs)
  const revision = useRuns((s) => s.revision)
  const x = useCurveView((s) => s.x)
  const [metric, setMetric] = useState<Metric>('accuracy')
  const [zoom, setZoom] = useState<Range | null>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const sync = useId()
  const runs = useMemo(() => ids.map((id) => all.get(id)).filter((r): r is Run => r !== undefined), [ids, all])
  const title = useNames(runs)
  // biome-ignore lint/correctness/useExhaustiveDependencies: curves grow in place; `revision` tells that they did.
  const lines = useMemo(
    () =>
      runs.map((run, i): Line => {
        const dash = runDash(i)
        return {
          key: run.summary.id,
          label: title(i),
          color: runColor(i),
          width: 2,
          ...(dash && { dash }),
          points: validationPoints(run, x, metric),
        }
      }),
    [runs, revision, x, metric, title],
  )
  const rows = useMemo(() => differences(runs), [runs])
  return (
    <section className={classes.comparison} data-testid="comparison">
      <div className={classes.chart}>
        <SegmentedControl
          size="xs"
          aria-label={t('training.curves.y')}
          value={metric}
          onChange={(v) => setMetric(v === 'loss' ? 'loss' : 'accuracy')}
          data={(['accuracy', 'loss'] as const).map((m) => ({ value: m, label: t(`training.runs.val_${m}`) }))}
        />
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
      </div>
      <div className={classes.differences}>
        {rows.length === 0 ? (
          <p className={classes.hint}>{t('training.runs.same')}</p>
        ) : (
          <table className={classes.table}>
            <caption>{t('training.runs.differ')}</caption>
            <thead>
              <tr>
                <td />
                {runs.map((run, i) => (
                  <th key={run.summary.id} scope="col">
                    <span className={classes.swatch} style={{ background: runColor(i) }} />
                    {title(i)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, values }) => (
                <tr key={name}>
                  <th scope="row">{settingLabel(name, t)}</th>
                  {values.map((value, i) => (
                    <td key={runs[i]?.summary.id}>{value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  )
}

/** Runs of one project have the same name: then their time tells them apart. */
function useNames(runs: readonly Run[]): (i: number) => string {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const time = (iso: string) => new Date(iso).toLocaleTimeString(i18n.language, { timeStyle: 'short' })
    const names = runs.map(({ summary: { name, startedAt } }) => {
      const plain = name || t('training.runs.unnamed')
      return runs.filter((r) => r.summary.name === name).length > 1 ? `${plain}, ${time(startedAt)}` : plain
    })
    return (i) => names[i] ?? ''
  }, [runs, t, i18n.language])
}

const own = ['data', 'engine', 'layers', 'parameters'] as const
function settingLabel(name: string, t: ReturnType<typeof useTranslation>['t']): string {
  const key = own.find((o) => o === name)
  if (key) return t(`training.runs.${key}`)
  return Object.hasOwn(trainingFields, name) ? fieldLabel(name, 'training') : name
}
