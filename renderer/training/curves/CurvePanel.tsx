import { Button, SegmentedControl, Slider, Switch } from '@mantine/core'
import { IconZoomReset } from '@tabler/icons-react'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseProject } from '#shared/project/parse'
import type { TrainingConfig } from '#shared/training/config'
import type { Run } from '../../runs/run'
import { bestEpoch } from './curves'
import classes from './curves.module.css'
import { useCurveView } from './curveView'
import type { Line, Mark, Range } from './line'
import { MetricFigure } from './MetricFigure'
import { isScheduled, rateLine } from './rateLine'
import { epochX, type Metric, type Quantity, runLines, type XMode, xModes } from './runLines'
import { cursorText } from './xText'

/** The curves of one run. `revision` changes whenever they grew. */
export function CurvePanel({ run, revision }: { readonly run: Run | null; readonly revision: number }) {
  const { t } = useTranslation()
  const { x, smoothing } = useCurveView()
  const sync = useId()
  const [cursor, setCursor] = useState<number | null>(null)
  const [zoom, setZoom] = useState<{ readonly x: XMode; readonly range: Range } | null>(null)
  const zoomed = zoom?.x === x ? zoom.range : null
  const labels = useMemo(
    () => ({ train: t('training.curves.train'), validation: t('training.curves.validation') }),
    [t],
  )

  const project = run?.project ?? null
  const config = useMemo(() => trainingOf(project), [project])

  // biome-ignore lint/correctness/useExhaustiveDependencies: curves grow in place; `revision` tells that they did.
  const charts = useMemo((): readonly { readonly metric: Quantity; readonly lines: readonly Line[] }[] => {
    if (!run) return [{ metric: 'loss', lines: [] }]
    const metrics: readonly Metric[] = hasAccuracy(run) ? ['loss', 'accuracy'] : ['loss']
    return [
      ...metrics.map((metric) => ({ metric, lines: runLines(run, x, metric, smoothing, labels) })),
      ...(config && isScheduled(config)
        ? [{ metric: 'learningRate' as const, lines: [rateLine(run, config, x, t('training.curves.learningRate'))] }]
        : []),
    ]
  }, [run, revision, x, smoothing, labels, config, t])
  const best = run && bestEpoch(run.curves.epochs)
  const mark = (metric: Quantity): Mark | null => {
    if (metric === 'learningRate') return null
    const y = best && (metric === 'loss' ? (best.valLoss ?? best.loss) : (best.valAccuracy ?? best.accuracy))
    return best && y !== null ? { x: best[epochX[x]], y, text: t('training.curves.best', { epoch: best.epoch }) } : null
  }
  return (
    <div className={classes.panel}>
      <Toolbar at={cursorText(run && cursor, x, t)} zoomed={zoomed !== null} onReset={() => setZoom(null)} />
      <div className={classes.charts}>
        {charts.map(({ metric, lines }) => (
          <MetricFigure
            key={metric}
            testId={`chart-${metric}`}
            metric={metric}
            title={t(`training.curves.${metric}`)}
            lines={lines}
            mark={mark(metric)}
            empty={run ? t('training.curves.waiting') : t('training.curves.empty')}
            zoom={zoomed}
            cursor={cursor}
            sync={sync}
            onZoom={(range) => setZoom(range && { x, range })}
            onCursor={setCursor}
          />
        ))}
      </div>
    </div>
  )
}

function trainingOf(project: string | null): TrainingConfig | null {
  const parsed = project === null ? null : parseProject(project)
  return parsed?.ok ? parsed.value.training : null
}

function hasAccuracy({ curves }: Run): boolean {
  if (curves.epochs.some((e) => e.accuracy !== null || e.valAccuracy !== null)) return true
  return curves.accuracy.subarray(0, curves.length).some((a) => !Number.isNaN(a))
}

interface ToolbarProps {
  /** Where the cursor stands. */
  readonly at: string
  readonly zoomed: boolean
  onReset(): void
}

function Toolbar({ at, zoomed, onReset }: ToolbarProps) {
  const { t } = useTranslation()
  const { x, log, smoothing, set } = useCurveView()
  return (
    <div className={classes.toolbar}>
      <SegmentedControl
        size="xs"
        aria-label={t('training.curves.x')}
        value={x}
        onChange={(value) => set({ x: xModes.find((m) => m === value) ?? 'step' })}
        data={xModes.map((value) => ({ value, label: t(`training.curves.by.${value}`) }))}
      />
      <Switch
        size="xs"
        label={t('training.curves.log')}
        checked={log}
        onChange={(e) => set({ log: e.currentTarget.checked })}
      />
      <div className={classes.smoothing}>
        <span>{t('training.curves.smoothing')}</span>
        <Slider
          size="xs"
          w={96}
          min={0}
          max={0.99}
          step={0.01}
          label={(v) => v.toFixed(2)}
          thumbProps={{ 'aria-label': t('training.curves.smoothing') }}
          value={smoothing}
          onChange={(v) => set({ smoothing: v })}
        />
      </div>
      {zoomed && (
        <Button variant="subtle" leftSection={<IconZoomReset size={16} />} onClick={onReset}>
          {t('training.curves.resetZoom')}
        </Button>
      )}
      <span className={classes.at}>{at}</span>
    </div>
  )
}
