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
}

/** A number with steppers. What lies outside the limits is taken as typed: the problem that it makes is said below the field. */
export function NumberField({ id, value, invalid, integer, min, max, label, set, done }: Props) {
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
  return (
    <TextInput
      id={id}
      value={text ?? (value === undefined ? '' : String(value))}
      placeholder={value === undefined ? t('app.inspector.mixed') : ''}
      error={invalid || (text !== null && parseNumber(text) === null)}
      aria-label={label}
      data-settled={text === null || undefined}
      title={`${min} … ${max}`}
      inputMode="decimal"
      autoComplete="off"
      rightSectionWidth={18}
      rightSection={
        <div className={css.steppers} aria-hidden>
          {stepper(1)}
          {stepper(-1)}
        </div>
      }
      onChange={(e) => {
        const typed = e.currentTarget.value
        setText(typed)
        const number = parseNumber(typed)
        if (number !== null) take(number)
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
