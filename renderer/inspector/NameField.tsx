import { TextInput } from '@mantine/core'
import { useState } from 'react'
import css from './inspector.module.css'

interface Props {
  readonly name: string
  readonly label: string
  rename(name: string): void
}

/** The name of a layer or group: one undo step when one leaves the field. */
export function NameField({ name, label, rename }: Props) {
  const [text, setText] = useState<string | null>(null)
  const end = () => {
    const next = text?.trim()
    if (next && next !== name) rename(next)
    setText(null)
  }
  return (
    <TextInput
      className={css.name}
      aria-label={label}
      value={text ?? name}
      maxLength={200}
      onChange={(e) => setText(e.currentTarget.value)}
      onBlur={end}
      onKeyDown={(e) => {
        if (e.key === 'Enter') e.currentTarget.blur()
        if (e.key === 'Escape') setText(null)
      }}
    />
  )
}
