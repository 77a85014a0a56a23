import { Button, Loader, SegmentedControl, TextInput } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classReport } from '#shared/training/metrics'
import type { EvaluateOn, EvaluationReport } from '#shared/training/run'
import { useHost } from '../../host'
import { failureMessage } from '../../i18n/failures'
import { isRunning, type Run } from '../../runs/run'
import { Notice } from '../../training/Notice'
import { ClassTable } from '../ClassTable'
import { ConfusionTable } from '../ConfusionTable'
import { Gallery, type Pair } from '../Gallery'
import results from '../results.module.css'
import { EvaluationFigures } from './EvaluationFigures'
import classes from './evaluate.module.css'
import { useEvaluations } from './evaluations'
import { Scatter } from './Scatter'

type Where = 'validation' | 'test' | 'data'

/** How good the network is on samples that it did not learn from, in more figures than a training keeps. */
export function EvaluateView({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  const host = useHost()
  const { id } = run.summary
  const [where, setWhere] = useState<Where>('validation')
  const [data, setData] = useState('')
  const { reports, busy, error, evaluate } = useEvaluations()
  const report = reports.get(id) ?? null
  const on: EvaluateOn = where === 'data' ? { data: data.trim() } : { part: where }
  // A run that learned numbers has no figures yet but its loss: they are asked for at once.
  const bare = run.confusion === null && !isRunning(run) && (run.started?.validationSamples ?? 0) > 0
  useEffect(() => {
    if (bare && !useEvaluations.getState().reports.has(id)) void evaluate(host, id, { part: 'validation' })
  }, [bare, evaluate, host, id])
  const asking = busy === id
  return (
    <div className={results.tab} data-testid="evaluate">
      <form
        className={classes.ask}
        onSubmit={(e) => {
          e.preventDefault()
          void evaluate(host, id, on)
        }}
      >
        <SegmentedControl
          aria-label={t('results.evaluate.on')}
          value={where}
          onChange={(value) => setWhere(value === 'data' || value === 'test' ? value : 'validation')}
          data={[
            { value: 'validation', label: t('results.evaluate.validation') },
            { value: 'test', label: t('results.evaluate.test') },
            { value: 'data', label: t('results.evaluate.data') },
          ]}
        />
        {where === 'data' && (
          <TextInput
            className={classes.data}
            aria-label={t('results.evaluate.dataLabel')}
            placeholder="csv:data/test.csv"
            value={data}
            onChange={(e) => setData(e.currentTarget.value)}
          />
        )}
        <Button
          type="submit"
          disabled={isRunning(run) || asking || (where === 'data' && data.trim() === '')}
          data-testid="evaluate-run"
        >
          {t('results.evaluate.run')}
        </Button>
        {asking && <Loader size={14} aria-label={t('results.evaluate.busy')} />}
      </form>
      {error?.run === id && (
        <div className={results.wide}>
          <Notice tone="error" title={t('results.evaluate.failed')}>
            {failureMessage(error.message)}
          </Notice>
        </div>
      )}
      {report ? <Report report={report} /> : !asking && <p className={results.quiet}>{t('results.evaluate.none')}</p>}
    </div>
  )
}

function Report({ report }: { readonly report: EvaluationReport }) {
  const { t } = useTranslation()
  const [pair, setPair] = useState<Pair | null>(null)
  const { confusion, pairs } = report
  const scores = useMemo(() => confusion && classReport(confusion.counts), [confusion])
  return (
    <>
      <section>
        <h3>
          {report.part === 'all'
            ? t('results.evaluate.of', { data: report.data })
            : t(`results.evaluate.${report.part}`)}
        </h3>
        <EvaluationFigures report={report} f1={scores?.macro.f1 ?? null} />
      </section>
      {confusion && scores && (
        <>
          <section>
            <ConfusionTable
              title={t('results.evaluate.confusion')}
              confusion={confusion}
              pair={pair}
              onPair={setPair}
            />
          </section>
          {(confusion.mistakes?.length ?? 0) > 0 && (
            <Gallery
              mistakes={confusion.mistakes ?? []}
              labels={confusion.labels}
              pair={pair}
              onAll={() => setPair(null)}
            />
          )}
          <section>
            <h3>{t('training.results.perClass')}</h3>
            <ClassTable labels={confusion.labels} report={scores} />
          </section>
        </>
      )}
      {pairs?.map((list, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a number of the target is its place.
        <Scatter key={i} pairs={list} {...(pairs.length > 1 && { target: i + 1 })} />
      ))}
    </>
  )
}
