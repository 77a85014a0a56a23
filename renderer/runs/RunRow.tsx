import { Badge, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunSummary } from '#shared/training/run'
import { dataName } from '../training/data/spec'
import { figure, share } from '../training/format'
import { stateColor } from '../training/ProgressLine'
import classes from './runs.module.css'

interface RunRowProps {
  readonly run: RunSummary
  readonly current: boolean
  readonly tick: ReactNode
  onOpen(): void
}

export function RunRow({ run, current, tick, onOpen }: RunRowProps) {
  const { t, i18n } = useTranslation()
  const name = run.name || t('training.runs.unnamed')
  return (
    <tr aria-current={current || undefined} data-run={run.id} data-state={run.state}>
      <td>{tick}</td>
      <th scope="row">
        <UnstyledButton fz="inherit" className={classes.open} onClick={onOpen}>
          {name}
        </UnstyledButton>
      </th>
      <td>
        <Badge size="sm" variant="outline" color={stateColor[run.state]} tt="none" title={run.error}>
          {t(`training.state.${run.state}`)}
        </Badge>
      </td>
      <td>{run.engine}</td>
      <td title={run.data}>{dataName(run.data)}</td>
      <td className={classes.number}>
        {run.epochsDone} / {run.epochs}
      </td>
      <td className={classes.number}>{share(run.valAccuracy)}</td>
      <td className={classes.number}>{figure(run.valLoss)}</td>
      <td className={classes.number} colSpan={2} title={new Date(run.startedAt).toLocaleString(i18n.language)}>
        {new Date(run.startedAt).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}
      </td>
    </tr>
  )
}
