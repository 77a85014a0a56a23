import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Cost, costs, useBudget } from '../store/budget'
import { Part } from './Figures'
import css from './inspector.module.css'

/** Limits are typed in millions, bytes in megabytes. */
const SCALE = 1e6
const units: Readonly<Record<Cost, string>> = { params: 'M', macs: 'M', weights: 'MB', activations: 'MB' }

/** What the network may cost; a figure above its limit turns red in the status line. */
export function BudgetForm() {
  const { t } = useTranslation()
  const budget = useBudget((s) => s.budget)
  const setBudget = useBudget((s) => s.setBudget)
  return (
    <Part title={t('app.budget.title')}>
      <form className={css.budget} onSubmit={(e) => e.preventDefault()} data-testid="budget">
        {costs.map((cost) => (
          <NumberInput
            key={cost}
            label={t(`app.budget.${cost}`)}
            value={budget[cost] === null ? '' : budget[cost] / SCALE}
            onChange={(v) => setBudget({ [cost]: v === '' ? null : Number(v) * SCALE })}
            placeholder={t('app.budget.none')}
            min={0}
            decimalScale={6}
            suffix={` ${units[cost]}`}
            allowNegative={false}
            hideControls
            data-testid={`budget-${cost}`}
          />
        ))}
        <NumberInput
          label={t('app.budget.batch')}
          value={budget.batch}
          onChange={(v) => setBudget({ batch: Number(v) })}
          min={1}
          max={65_536}
          allowDecimal={false}
          allowNegative={false}
          data-testid="budget-batch"
        />
      </form>
      <p className={css.note}>{t('app.budget.help')}</p>
    </Part>
  )
}
