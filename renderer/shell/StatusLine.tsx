import { Popover, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheckFilled } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { severityIcons, severityOf } from '../canvas/Trouble'
import { bytes, exact, short } from '../i18n/format'
import { type Cost, costs, type Spent, spentOf, useBudget } from '../store/budget'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { ProblemList, useProblems } from './ProblemList'
import css from './shell.module.css'

/** The network's totals; a click opens what it names. */
export function StatusLine() {
  const totals = useDocument((s) => s.inference.totals)
  const budget = useBudget((s) => s.budget)
  const spent = spentOf(totals, budget)
  return (
    <footer className={css.status} data-testid="status">
      {costs.map((cost) => (
        <Figure key={cost} cost={cost} {...spent[cost]} batch={budget.batch} />
      ))}
      <div className={css.spacer} />
      <Problems />
    </footer>
  )
}

const helps = {
  macs: 'app.inspector.macsHelp',
  weights: 'app.inspector.weightBytesHelp',
  activations: 'app.inspector.activationsHelp',
} as const
// The network's own figures stand in the inspector when nothing is selected.
const showTotals = () => useView.getState().select([])

interface FigureProps extends Spent {
  readonly cost: Cost
  readonly batch: number
}

/** One of the totals, red above its limit. */
const Figure = memo(function Figure({ cost, value, limit, over, batch }: FigureProps) {
  const { t } = useTranslation()
  const isBytes = cost === 'weights' || cost === 'activations'
  const show = isBytes ? bytes : short
  const size = show(value)
  const text =
    cost !== 'activations'
      ? size
      : batch === 1
        ? t('app.status.perSample', { size })
        : t('app.status.forBatch', { size, batch })
  const all = isBytes ? `${exact(value)} B` : exact(value)
  const tip = cost === 'params' ? all : `${all}: ${t(helps[cost])}`
  const tooMuch = over ? t('app.budget.over', { limit: show(limit ?? 0) }) : ''
  return (
    <button
      type="button"
      className={css.figure}
      onClick={showTotals}
      data-tip={over ? `${tooMuch} ${tip}` : tip}
      data-over={over || undefined}
      data-testid={`figure-${cost}`}
    >
      <span>{t(`app.status.${cost}`)}</span> {text}
      {over && (
        <>
          {' '}
          <IconAlertTriangle size={13} role="img" aria-label={tooMuch} />
        </>
      )}
    </button>
  )
})

const Problems = memo(function Problems() {
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
})
