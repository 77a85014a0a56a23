import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Plan, Trial } from '#shared/training/plan'
import { failureMessage } from '../../i18n/failures'
import { bytes, exact } from '../../i18n/format'
import { duration, engineLabel, rate } from '../format'
import classes from './forecast.module.css'

interface Props {
  readonly plan: Plan
  readonly outdated: boolean
  readonly epochs: number
}

/** Time, memory and largest batch, and how the engines compared. */
export function ForecastFigures({ plan, outdated, epochs }: Props) {
  const { t } = useTranslation()
  const { available, batchSize, largestBatch, memory, secondsPerEpoch } = plan
  const time = (seconds: number) =>
    seconds < 10 ? t('training.time.s', { s: Number(seconds.toPrecision(2)) }) : duration(seconds, t)
  const fits = largestBatch >= batchSize
  return (
    <div className={classes.figures} data-outdated={outdated}>
      <dl>
        {secondsPerEpoch !== null && (
          <>
            <dt>{t('training.forecast.perEpoch')}</dt>
            <dd data-testid="forecast-epoch">{time(secondsPerEpoch)}</dd>
            <dt>{t('training.forecast.whole', { count: epochs })}</dt>
            <dd>{time(secondsPerEpoch * epochs)}</dd>
          </>
        )}
        <dt>{t('training.forecast.memory')}</dt>
        <dd>{t('training.forecast.memoryOf', { memory: bytes(memory), available: bytes(available) })}</dd>
        <dt>{t('training.forecast.largest')}</dt>
        <dd data-testid="forecast-largest">
          {largestBatch > 0 ? exact(largestBatch) : t('training.forecast.noneFits')}
        </dd>
      </dl>
      {!fits && (
        <p className={classes.error}>
          {t('training.forecast.tooLarge', { batch: exact(batchSize), largest: exact(largestBatch) })}
        </p>
      )}
      <h4>{plan.remembered ? t('training.forecast.remembered') : t('training.forecast.engines')}</h4>
      <ul>
        {plan.trials.map((trial) => (
          <li key={trial.engine} data-testid={`forecast-${trial.engine}`}>
            <span>{engineLabel(trial.engine, t)}</span>
            <TrialText trial={trial} />
            {trial.engine === plan.engine && <IconCheck size={14} aria-label={t('training.forecast.chosen')} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

function TrialText({ trial: { outcome, reason, samplesPerSecond } }: { readonly trial: Trial }) {
  const { t } = useTranslation()
  const said = outcome === 'measured' ? '' : t(`training.forecast.outcome.${outcome}`)
  const speed = samplesPerSecond === undefined ? '' : t('training.forecast.speed', { n: rate(samplesPerSecond) })
  const why = reason === undefined ? '' : failureMessage(reason)
  return <span title={why || undefined}>{[speed, said, why].filter(Boolean).join(' · ')}</span>
}
