import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { batchLimits, type Cost, costs, useBudget } from '../store/budget'
import { Part } from './Figures'
import { NumberField } from './fields/NumberField'
import css from './inspector.module.css'

/** Limits are typed in millions, bytes in megabytes. */
const SCALE = 1e6
const units: Readonly<Record<Cost, string>> = { params: 'M', macs: 'M', weights: 'MB', activations: 'MB' }

/** A budget is no part of the document: there is no step to end. */
const nothing = () => {}

/** What the network may cost; a figure above its limit turns red in the status line. */
export function BudgetForm() {
  const id = useId()
  const { t } = useTranslation()
  const budget = useBudget((s) => s.budget)
  const setBudget = useBudget((s) => s.setBudget)
  return (
    <Part title={t('app.budget.title')}>
      <form className={css.budget} onSubmit={(e) => e.preventDefault()} data-testid="budget">
        {costs.map((cost) => (
          <div key={cost} data-testid={`budget-${cost}`}>
            <NumberField
              id={`${id}-${cost}`}
              heading={t(`app.budget.${cost}`)}
              value={budget[cost] === null ? undefined : budget[cost] / SCALE}
              invalid={false}
              integer={false}
              min={1 / SCALE}
              max={Number.MAX_SAFE_INTEGER / SCALE}
              unit={units[cost]}
              empty={{ placeholder: t('app.budget.none'), take: () => setBudget({ [cost]: null }) }}
              set={(v) => setBudget({ [cost]: Math.round(v * SCALE) })}
              done={nothing}
            />
          </div>
        ))}
        <div data-testid="budget-batch">
          <NumberField
            id={`${id}-batch`}
            heading={t('app.budget.batch')}
            value={budget.batch}
            invalid={false}
            integer
            {...batchLimits}
            set={(batch) => setBudget({ batch })}
            done={nothing}
          />
        </div>
      </form>
      <p className={css.note}>{t('app.budget.help')}</p>
    </Part>
  )
}
