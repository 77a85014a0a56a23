import { TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Editing } from './editing'
import css from './fields.module.css'
import { parseNumber, stepFrom } from './number'

interface Props extends Editing<number> {
  readonly integer: boolean
  readonly min: number
  readonly max: number
  readonly label?: string
  /** A label that is seen, above the field. */
  readonly heading?: string
  /** Stands behind the number, in place of the steppers. */
  readonly unit?: string
  /** What an empty field means, where it may be empty. */
  readonly empty?: { readonly placeholder: string; take(): void }
}

/** A number with steppers. What lies outside the limits is given on as typed: whoever takes it says what is wrong with it, or leaves it. */
export function NumberField({ heading, unit, empty, ...props }: Props) {
  const { id, value, invalid, integer, min, max, label, set, done } = props
  const { t } = useTranslation()
  const [text, setText] = useState<string | null>(null)
  // While one types, the text is one's own; afterwards it is the value's.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layer's value ends the typing
  useEffect(() => setText(null), [id])
  const take = (next: number) => {
    if (next !== value) set(next)
  }
  const end = () => {
    setText(null)
    done()
  }
  const step = (direction: 1 | -1) => {
    setText(null)
    take(stepFrom(value, direction, { integer, min, max }))
  }
  const stepper = (direction: 1 | -1) => (
    <button
      type="button"
      tabIndex={-1}
      onPointerDown={(e) => e.preventDefault()}
      onClick={() => {
        step(direction)
        done()
      }}
    >
      {direction > 0 ? <IconChevronUp size={10} /> : <IconChevronDown size={10} />}
    </button>
  )
  const isTaken = (typed: string) => {
    const number = parseNumber(typed)
    if (number === null) return typed === '' && empty !== undefined
    return number >= min && number <= max && (!integer || Number.isInteger(number))
  }
  const steppers = (
    <div className={css.steppers} aria-hidden>
      {stepper(1)}
      {stepper(-1)}
    </div>
  )
  return (
    <TextInput
      id={id}
      label={heading}
      value={text ?? (value === undefined ? '' : String(value))}
      placeholder={value === undefined ? (empty?.placeholder ?? t('app.inspector.mixed')) : ''}
      error={invalid || (text !== null && !isTaken(text))}
      aria-label={label}
      data-settled={text === null || undefined}
      title={unit === undefined ? `${min} … ${max}` : undefined}
      inputMode="decimal"
      autoComplete="off"
      rightSectionWidth={unit === undefined ? 18 : 30}
      rightSection={unit === undefined ? steppers : <span className={css.unit}>{unit}</span>}
      onChange={(e) => {
        const typed = e.currentTarget.value
        setText(typed)
        const number = parseNumber(typed)
        if (number !== null) take(number)
        else if (typed === '') empty?.take()
      }}
      onBlur={end}
      onKeyDown={(e) => {
        if (e.key === 'Enter') end()
        if (e.key !== 'ArrowUp' && e.key !== 'ArrowDown') return
        e.preventDefault()
        step(e.key === 'ArrowUp' ? 1 : -1)
      }}
    />
  )
}
