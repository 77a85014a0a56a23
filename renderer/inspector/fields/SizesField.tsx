import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Editing } from './editing'

interface Props extends Editing<readonly number[]> {
  readonly label: string
  readonly hint: string
}

/** `28, 28, 1` or `28×28×1`; null where something else than numbers is written. */
export function parseSizes(text: string): readonly number[] | null {
  const parts = text.split(/[\s,;×x*]+/).filter(Boolean)
  const numbers = parts.map((p) => Number(p.replace('−', '-')))
  return numbers.every(Number.isFinite) ? numbers : null
}

const same = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((n, i) => n === b[i])

/** A shape or a list of numbers, as text. */
export function SizesField({ id, value, invalid, label, hint, set, done }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState<string | null>(null)
  const written = value?.join(', ') ?? ''
  // While one types, the text is one's own; afterwards it is the value's.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layer's value ends the typing
  useEffect(() => setText(null), [id])
  const parsed = text === null ? value : parseSizes(text)
  const end = () => {
    setText(null)
    done()
  }
  return (
    <TextInput
      id={id}
      value={text ?? written}
      placeholder={value === undefined ? t('app.inspector.mixed') : hint}
      error={invalid || parsed === null}
      aria-label={label}
      data-settled={text === null || undefined}
      title={hint}
      styles={{ input: { fontFamily: 'var(--nl-mono)' } }}
      onChange={(e) => {
        const typed = e.currentTarget.value
        setText(typed)
        const sizes = parseSizes(typed)
        if (sizes && !(value && same(sizes, value))) set(sizes)
      }}
      onBlur={end}
      onKeyDown={(e) => {
        if (e.key === 'Enter') end()
      }}
    />
  )
}
