import { ActionIcon } from '@mantine/core'
import { IconLink, IconLinkOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TupleField } from '#shared/fields'
import { useAxisLabels } from './axes'
import type { Editing } from './editing'
import css from './fields.module.css'
import { NumberField } from './NumberField'

interface Props extends Editing<readonly number[]> {
  readonly field: TupleField
  readonly label: string
}

/** One number per axis; linked, one number stands for all. */
export function TupleEditor({ field, value = field.default, label, ...editing }: Props) {
  const { t } = useTranslation()
  const equal = value.every((n) => n === value[0])
  const [wish, setWish] = useState(true)
  const linked = wish && equal
  // Four numbers are two amounts per axis.
  const labels = useAxisLabels(value.length)
  const setAt = (i: number) => (n: number) => editing.set(linked ? value.map(() => n) : value.with(i, n))
  const hint = linked ? t('app.field.unlink') : t('app.field.link')
  const relink = () => {
    setWish(!linked)
    if (linked || equal) return
    editing.set(value.map(() => value[0] ?? field.min))
    editing.done()
  }
  return (
    <div className={css.row}>
      <div className={value.length > 2 && !linked ? css.grid : css.numbers}>
        {(linked ? value.slice(0, 1) : value).map((n, i) => (
          <NumberField
            // biome-ignore lint/suspicious/noArrayIndexKey: the axes stay in their places
            key={i}
            {...editing}
            id={i === 0 ? editing.id : `${editing.id}-${i}`}
            label={linked ? label : `${label}: ${labels[i] ?? i + 1}`}
            value={n}
            integer
            min={field.min}
            max={field.max}
            set={setAt(i)}
          />
        ))}
      </div>
      {value.length > 1 && (
        <ActionIcon aria-label={hint} data-tip={hint} aria-pressed={linked} onClick={relink}>
          {linked ? <IconLink size={16} /> : <IconLinkOff size={16} />}
        </ActionIcon>
      )}
    </div>
  )
}
