import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { MAX_SIZE, type Padding, type PaddingField } from '#shared/fields'
import { useAmountLabels } from './axes'
import type { Editing } from './editing'
import css from './fields.module.css'
import { NumberField } from './NumberField'

interface Props extends Editing<Padding> {
  readonly field: PaddingField
  readonly label: string
}
const modes = ['same', 'valid', 'custom'] as const

/** `same`, `valid`, or amounts before and after each axis. */
export function PaddingEditor({ field, value, label, ...editing }: Props) {
  const { t } = useTranslation()
  const labels = useAmountLabels(field.axes)
  const amounts = typeof value === 'object' ? value : null
  const mode = amounts ? 'custom' : (modes.find((m) => m === value) ?? '')
  const choose = (next: string) => {
    const padding = next === 'same' || next === 'valid' ? next : Array.from({ length: field.axes * 2 }, () => 1)
    editing.set(padding)
    editing.done()
  }
  return (
    <div className={css.column}>
      <SegmentedControl
        fullWidth
        aria-label={label}
        value={mode}
        onChange={choose}
        data={modes.map((m) => ({ value: m, label: t(`app.field.padding.${m}`) }))}
      />
      {amounts && (
        <div className={css.grid}>
          {amounts.map((n, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the sides stay in their places
            <div key={i} className={css.side}>
              <span>{labels[i]}</span>
              <NumberField
                {...editing}
                id={`${editing.id}-${i}`}
                value={n}
                integer
                min={0}
                max={MAX_SIZE}
                label={`${label}: ${labels[i] ?? i}`}
                set={(v) => editing.set(amounts.with(i, v))}
              />
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
