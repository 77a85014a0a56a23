import { Popover, Tooltip, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { severityIcons, severityOf } from '../canvas/Trouble'
import { bytes, exact, short } from '../i18n/format'
import { type Cost, costs, spentOf, useBudget } from '../store/budget'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { ProblemList, useProblems } from './ProblemList'
import css from './shell.module.css'

/** The network's totals; a click opens what it names. */
export function StatusLine() {
  const { t } = useTranslation()
  const totals = useDocument((s) => s.inference.totals)
  const budget = useBudget((s) => s.budget)
  const select = useView((s) => s.select)
  // The network's own figures stand in the inspector when nothing is selected.
  const showTotals = () => select([])
  const spent = spentOf(totals, budget)
  const size = bytes(spent.activations.value)
  const { batch } = budget
  const shown: Readonly<Record<Cost, { value: string; help?: string }>> = {
    params: { value: short(totals.params.total) },
    macs: { value: short(totals.macs), help: t('app.inspector.macsHelp') },
    weights: { value: bytes(totals.weightBytes), help: t('app.inspector.weightBytesHelp') },
    activations: {
      value: batch === 1 ? t('app.status.perSample', { size }) : t('app.status.forBatch', { size, batch }),
      help: t('app.inspector.activationsHelp'),
    },
  }
  return (
    <footer className={css.status} data-testid="status">
      {costs.map((cost) => {
        const { over, limit, value } = spent[cost]
        const isBytes = cost === 'weights' || cost === 'activations'
        const all = isBytes ? `${exact(value)} B` : exact(value)
        const most = (isBytes ? bytes : short)(limit ?? 0)
        const { value: text, help } = shown[cost]
        const label = [over ? t('app.budget.over', { limit: most }) : null, help ? `${all}: ${help}` : all]
        return (
          <Tooltip key={cost} label={label.filter(Boolean).join(' ')}>
            <UnstyledButton
              className={css.figure}
              fz={12}
              onClick={showTotals}
              data-over={over || undefined}
              data-testid={`figure-${cost}`}
            >
              <span>{t(`app.status.${cost}`)}</span> {text}
              {over && (
                <>
                  {' '}
                  <IconAlertTriangle size={13} role="img" aria-label={t('app.budget.over', { limit: most })} />
                </>
              )}
            </UnstyledButton>
          </Tooltip>
        )
      })}
      <div className={css.spacer} />
      <Problems />
    </footer>
  )
}

function Problems() {
  const { t } = useTranslation()
  const problems = useProblems()
  const worst = severityOf(problems)
  const Icon = worst ? severityIcons[worst] : IconCircleCheckFilled
  return (
    <Popover position="top-end" width={440} shadow="md" trapFocus returnFocus>
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
