import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Editing } from './editing'

interface Props extends Editing<number> {
  readonly integer: boolean
  readonly min: number
  readonly max: number
  readonly label?: string
}

/** A number with steppers. What lies outside the limits is taken as typed: the problem that it makes is said below the field. */
export function NumberField({ id, value, invalid, integer, min, max, label, set, done }: Props) {
  const { t } = useTranslation()
  const step =
    integer || value === undefined || value === 0 ? (integer ? 1 : 0.1) : 10 ** Math.floor(Math.log10(Math.abs(value)))
  return (
    <NumberInput
      id={id}
      value={value ?? ''}
      placeholder={value === undefined ? t('app.inspector.mixed') : ''}
      error={invalid}
      step={step}
      allowDecimal={!integer}
      allowNegative={min < 0}
      startValue={min > Number.NEGATIVE_INFINITY ? min : 0}
      clampBehavior="none"
      aria-label={label}
      title={`${min} … ${max}`}
      onChange={(v) => {
        if (typeof v === 'number' && v !== value) set(v)
      }}
      onBlur={done}
      onKeyDown={(e) => {
        if (e.key === 'Enter') done()
      }}
    />
  )
}
