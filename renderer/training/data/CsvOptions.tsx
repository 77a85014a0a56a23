import { Select, TextInput } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './data.module.css'
import { formatSpec, parseSpec } from './spec'

const texts = ['label', 'shape', 'scale'] as const

/** How a table is read: the options of its reference. A text counts when its field is left or Enter is pressed. */
export function CsvOptions({ spec, onChange }: { readonly spec: string; onChange(spec: string): void }) {
  const { t } = useTranslation()
  const id = useId()
  const { source, options } = parseSpec(spec)
  const set = (name: string, value: string) => onChange(formatSpec({ source, options: { ...options, [name]: value } }))
  const choice = (name: 'header' | 'task', data: { value: string; label: string }[]) => (
    <Row id={`${id}-${name}`} label={t(`training.csv.${name}`)} help={t(`training.csv.${name}Help`)}>
      <Select
        id={`${id}-${name}`}
        value={options[name] ?? 'auto'}
        data={data}
        onChange={(v) => set(name, v === 'auto' ? '' : (v ?? ''))}
      />
    </Row>
  )
  return (
    <div className={classes.options}>
      {texts.map((name) => (
        <Row key={name} id={`${id}-${name}`} label={t(`training.csv.${name}`)} help={t(`training.csv.${name}Help`)}>
          <TextInput
            key={`${source} ${options[name] ?? ''}`}
            id={`${id}-${name}`}
            placeholder={t(`training.csv.${name}Default`)}
            defaultValue={options[name] ?? ''}
            onBlur={(e) => set(name, e.currentTarget.value.trim())}
            onKeyDown={(e) => e.key === 'Enter' && e.currentTarget.blur()}
            data-testid={`csv-${name}`}
          />
        </Row>
      ))}
      {choice(
        'header',
        (['auto', 'yes', 'no'] as const).map((value) => ({ value, label: t(`training.csv.headers.${value}`) })),
      )}
      {choice(
        'task',
        (['auto', 'classes', 'numbers'] as const).map((value) => ({ value, label: t(`training.csv.tasks.${value}`) })),
      )}
    </div>
  )
}

interface RowProps {
  readonly id: string
  readonly label: string
  readonly help: string
  readonly children: ReactNode
}

const Row = ({ id, label, help, children }: RowProps) => (
  <>
    <label htmlFor={id} data-tip={help}>
      {label}
    </label>
    {children}
  </>
)
