import { useTranslation } from 'react-i18next'
import type { EvaluationReport } from '#shared/training/run'
import { exact } from '../../i18n/format'
import { figure, share } from '../../training/format'
import results from '../results.module.css'

interface Row {
  readonly key: string
  readonly name: string
  readonly value: string
  readonly help?: string
}

/** The figures of an evaluation: those of classes, or those of numbers. `f1` is the mean of the classes. */
export function EvaluationFigures({ report, f1 }: { readonly report: EvaluationReport; readonly f1: number | null }) {
  const { t } = useTranslation()
  const { accuracy, auc, aucSamples, regression, topK } = report
  const rows: Row[] = [
    { key: 'samples', name: t('results.evaluate.samples'), value: exact(report.samples) },
    { key: 'loss', name: t('results.evaluate.loss'), value: figure(report.loss) },
  ]
  if (accuracy !== null) rows.push({ key: 'accuracy', name: t('results.evaluate.accuracy'), value: share(accuracy) })
  for (const { k, accuracy: value } of topK)
    rows.push({ key: `top${k}`, name: t('results.evaluate.topK', { k }), value: share(value) })
  if (auc !== null)
    rows.push({
      key: 'auc',
      name:
        aucSamples === undefined ? t('results.evaluate.auc') : t('results.evaluate.aucOf', { n: exact(aucSamples) }),
      value: figure(auc),
      help: t('results.evaluate.help.auc'),
    })
  if (f1 !== null) rows.push({ key: 'f1', name: t('results.evaluate.f1'), value: share(f1) })
  if (regression)
    rows.push(
      { key: 'rmse', name: 'RMSE', value: figure(regression.rmse), help: t('results.evaluate.help.rmse') },
      { key: 'mae', name: 'MAE', value: figure(regression.mae), help: t('results.evaluate.help.mae') },
      { key: 'r2', name: 'R²', value: figure(regression.r2), help: t('results.evaluate.help.r2') },
      {
        key: 'rae',
        name: t('results.evaluate.rae'),
        value: share(regression.rae),
        help: t('results.evaluate.help.rae'),
      },
    )
  return (
    <dl className={results.figures} data-testid="evaluation">
      {rows.map(({ key, name, value, help }) => (
        <div key={key}>
          <dt title={help}>{name}</dt>
          <dd data-testid={`evaluation-${key}`}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
