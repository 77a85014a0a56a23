import { type ReactNode, useCallback, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isRunning, type Run } from '../../runs/run'
import { CurveToolbar } from './CurveToolbar'
import { bestEpoch } from './curves'
import classes from './curves.module.css'
import { useCurveView } from './curveView'
import type { Line, Mark, Range } from './line'
import { MetricFigure } from './MetricFigure'
import { OutputChoice } from './OutputChoice'
import { rateChanges, rateLine } from './rateLine'
import { epochX, hasAccuracy, type Metric, type Quantity, runLines, type XMode } from './runLines'
import { cursorText } from './xText'

interface CurvePanelProps {
  readonly run: Run | null
  /** Changes whenever the curves grew. */
  readonly revision: number
  /** Stands before the controls of the curves. */
  readonly switcher: ReactNode
}

/** The curves of one run. */
export function CurvePanel({ run, revision, switcher }: CurvePanelProps) {
  const { t } = useTranslation()
  const { x, smoothing } = useCurveView()
  const sync = useId()
  const [cursor, setCursor] = useState<number | null>(null)
  const [zoom, setZoom] = useState<{ readonly x: XMode; readonly range: Range } | null>(null)
  const unzoom = useCallback(() => setZoom(null), [])
  const zoomed = zoom?.x === x ? zoom.range : null
  const outputs = run?.started?.outputs
  const [chosen, setOutput] = useState<number | null>(null)
  const output = outputs ? chosen : null
  const controls = useMemo(
    () => (
      <>
        {switcher}
        {outputs && <OutputChoice outputs={outputs} output={output} onChoose={setOutput} />}
      </>
    ),
    [switcher, outputs, output],
  )
  const labels = useMemo(
    () => ({ train: t('training.curves.train'), validation: t('training.curves.validation') }),
    [t],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: curves grow in place; `revision` tells that they did.
  const charts = useMemo((): readonly { readonly metric: Quantity; readonly lines: readonly Line[] }[] => {
    if (!run) return [{ metric: 'loss', lines: [] }]
    const metrics: readonly Metric[] = hasAccuracy(run) ? ['loss', 'accuracy'] : ['loss']
    return [
      ...metrics.map((metric) => ({
        metric,
        lines: runLines(run, x, metric, smoothing, labels, metric === 'loss' ? output : null),
      })),
      ...(rateChanges(run)
        ? [{ metric: 'learningRate' as const, lines: [rateLine(run, x, t('training.curves.learningRate'))] }]
        : []),
    ]
  }, [run, revision, x, smoothing, labels, output, t])
  const best = run && bestEpoch(run.curves.epochs)
  const mark = (metric: Quantity): Mark | null => {
    if (metric === 'learningRate' || (metric === 'loss' && output !== null)) return null
    const y = best && (metric === 'loss' ? (best.valLoss ?? best.loss) : (best.valAccuracy ?? best.accuracy))
    return best && y !== null ? { x: best[epochX[x]], y, text: t('training.curves.best', { epoch: best.epoch }) } : null
  }
  return (
    <div className={classes.panel}>
      <CurveToolbar
        switcher={controls}
        at={cursorText(run && cursor, x, t)}
        zoomed={zoomed !== null}
        onReset={unzoom}
      />
      <div className={classes.charts}>
        {charts.map(({ metric, lines }) => (
          <MetricFigure
            key={metric}
            testId={`chart-${metric}`}
            metric={metric}
            title={
              metric === 'loss' && output !== null
                ? t('training.curves.lossOf', { output: outputs?.[output] ?? '' })
                : t(`training.curves.${metric}`)
            }
            lines={lines}
            mark={mark(metric)}
            empty={t(`training.curves.${run ? (isRunning(run) ? 'waiting' : 'ended') : 'empty'}`)}
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
