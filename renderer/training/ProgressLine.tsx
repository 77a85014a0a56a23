import { Badge, Progress } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunState } from '#shared/training/run'
import { bytes, exact } from '../i18n/format'
import { isRunning, type Run } from '../runs/run'
import { duration, engineLabel, figure, rate, share } from './format'
import { progressOf } from './progress'
import { ResumeButton } from './ResumeButton'
import { RunNotes } from './RunNotes'
import classes from './training.module.css'

export const stateColor: Readonly<Record<RunState, string>> = {
  running: 'var(--nl-accent)',
  paused: 'var(--nl-warning)',
  completed: 'var(--nl-good)',
  stopped: 'var(--nl-warning)',
  failed: 'var(--nl-error)',
}

/** Where a run stands: epoch, step, how good it is, speed, time left, memory. What the last steps gave, the legends of the curves tell. */
export function ProgressLine({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  const p = progressOf(run)
  const { state } = run.summary
  return (
    <div className={classes.progress} data-testid="progress" data-state={state} data-epoch={p.epoch} data-step={p.step}>
      <div className={classes.facts}>
        <Badge size="sm" variant="outline" color={stateColor[state]} tt="none">
          {t(`training.state.${state}`)}
        </Badge>
        {run.measuring !== null && isRunning(run) && (
          <Fact label={t('training.progress.measuring')} value={engineLabel(run.measuring, t)} />
        )}
        <Fact label={t('training.progress.epoch')} value={`${p.epoch} / ${p.epochs}`} />
        <Fact
          label={t('training.progress.step')}
          value={p.steps > 0 ? `${exact(p.step)} / ${exact(p.steps)}` : exact(p.step)}
        />
        {p.valLoss !== null && <Fact label={t('training.progress.valLoss')} value={figure(p.valLoss)} />}
        {p.valAccuracy !== null && (
          <Fact label={t('training.progress.valAccuracy')} value={share(p.valAccuracy)} testId="val-accuracy" />
        )}
        {run.rate !== null && <Fact label={t('training.progress.rate')} value={rate(run.rate)} />}
        {p.secondsLeft !== null ? (
          <Fact label={t('training.progress.left')} value={duration(p.secondsLeft, t)} />
        ) : (
          <Fact label={t('training.progress.took')} value={duration(p.seconds, t)} />
        )}
        {run.memory && (
          <Fact
            label={t('training.progress.memory')}
            value={bytes(run.memory.resident)}
            title={t('training.progress.memoryHelp', {
              n: exact(run.memory.tensors),
              tensors: bytes(run.memory.tensorBytes),
            })}
          />
        )}
        <span className={classes.end}>
          <RunNotes run={run} />
          <ResumeButton run={run} />
        </span>
      </div>
      <Progress
        size={4}
        value={p.fraction * 100}
        color={stateColor[state]}
        animated={isRunning(run) && p.step === 0}
        transitionDuration={100}
        aria-label={t('training.progress.label')}
      />
    </div>
  )
}

function Fact({
  label,
  value,
  title,
  testId,
}: {
  readonly label: string
  readonly value: ReactNode
  readonly title?: string
  readonly testId?: string
}) {
  return (
    <span className={classes.fact} title={title}>
      {label} <b data-testid={testId}>{value}</b>
    </span>
  )
}
