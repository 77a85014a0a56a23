import { Popover, Tooltip, UnstyledButton } from '@mantine/core'
import { IconCircleCheckFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { severityIcons, severityOf } from '../canvas/Trouble'
import { bytes, exact, short } from '../i18n/format'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { ProblemList, problemsOf } from './ProblemList'
import css from './shell.module.css'

/** The network's totals; a click opens what it names. */
export function StatusLine() {
  const { t } = useTranslation()
  const totals = useDocument(useShallow((s) => ({ ...s.inference.totals, params: s.inference.totals.params.total })))
  const select = useView((s) => s.select)
  // The network's own figures stand in the inspector when nothing is selected.
  const showTotals = () => select([])
  const figures = [
    { name: t('app.status.params'), value: short(totals.params), all: exact(totals.params), help: undefined },
    {
      name: t('app.status.macs'),
      value: short(totals.macs),
      all: exact(totals.macs),
      help: t('app.inspector.macsHelp'),
    },
    {
      name: t('app.status.weights'),
      value: bytes(totals.weightBytes),
      all: `${exact(totals.weightBytes)} B`,
      help: t('app.inspector.weightBytesHelp'),
    },
    {
      name: t('app.status.activations'),
      value: t('app.status.perSample', { size: bytes(totals.activationBytes) }),
      all: `${exact(totals.activationBytes)} B`,
      help: t('app.inspector.activationsHelp'),
    },
  ]
  return (
    <footer className={css.status} data-testid="status">
      {figures.map(({ name, value, all, help }) => (
        <Tooltip key={name} label={help ? `${all}: ${help}` : all}>
          <UnstyledButton className={css.figure} fz={12} onClick={showTotals}>
            <span>{name}</span> {value}
          </UnstyledButton>
        </Tooltip>
      ))}
      <div className={css.spacer} />
      <Problems />
    </footer>
  )
}

function Problems() {
  const { t } = useTranslation()
  const inference = useDocument((s) => s.inference)
  const problems = problemsOf(inference)
  const worst = severityOf(problems)
  const Icon = worst ? severityIcons[worst] : IconCircleCheckFilled
  return (
    <Popover position="top-end" width={440} shadow="md">
      <Popover.Target>
        <UnstyledButton className={`${css.figure} ${css.problemsButton}`} fz={12} data-testid="problem-count">
          <Icon size={14} color={`var(--nl-${worst ?? 'good'})`} />
          {t('app.problems.count', { count: problems.length })}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <ProblemList problems={problems} />
      </Popover.Dropdown>
    </Popover>
  )
}
