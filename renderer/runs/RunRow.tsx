import { Badge, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunSummary } from '#shared/training/run'
import { failureMessage } from '../i18n/failures'
import { dataName } from '../training/data/spec'
import { engineLabel, figure, share } from '../training/format'
import { stateColor } from '../training/ProgressLine'
import classes from './runs.module.css'

type Column = 'name' | 'state' | 'valAccuracy' | 'valLoss' | 'epochs' | 'data' | 'engine' | 'when'

interface RunRowProps {
  readonly run: RunSummary
  readonly columns: readonly Column[]
  readonly current: boolean
  readonly tick: ReactNode
  onOpen(): void
}

export function RunRow({ run, columns, current, tick, onOpen }: RunRowProps) {
  const { t, i18n } = useTranslation()
  const started = new Date(run.startedAt)
  const cells: Readonly<Record<Column, ReactNode>> = {
    name: (
      <UnstyledButton fz="inherit" fw={600} className={classes.open} onClick={onOpen}>
        {run.name || t('training.runs.unnamed')}
      </UnstyledButton>
    ),
    state: (
      <Badge
        size="sm"
        variant="outline"
        color={stateColor[run.state]}
        tt="none"
        miw="max-content"
        title={run.error && failureMessage(run.error)}
      >
        {t(`training.state.${run.state}`)}
      </Badge>
    ),
    valAccuracy: share(run.valAccuracy),
    valLoss: figure(run.valLoss),
    epochs: `${run.epochsDone} / ${run.epochs}`,
    data: <span title={run.data}>{dataName(run.data, t)}</span>,
    engine: engineLabel(run.engine, t),
    when: (
      <time dateTime={run.startedAt} title={started.toLocaleString(i18n.language)}>
        {started.toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}
      </time>
    ),
  }
  return (
    <tr aria-current={current || undefined} data-run={run.id} data-state={run.state}>
      <td>{tick}</td>
      {columns.map((c) => (
        <td key={c}>{cells[c]}</td>
      ))}
    </tr>
  )
}
