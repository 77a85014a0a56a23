import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatSpec, parseSpec } from './spec'

const texts = ['label', 'shape', 'scale'] as const

/** How a table is read: the options of its reference. A text counts when its field is left or Enter is pressed. */
export function CsvOptions({ spec, onChange }: { readonly spec: string; onChange(spec: string): void }) {
  const { t } = useTranslation()
  const { source, options } = parseSpec(spec)
  const set = (name: string, value: string) => onChange(formatSpec({ source, options: { ...options, [name]: value } }))
  return (
    <>
      {texts.map((name) => (
        <TextInput
          key={`${source} ${name} ${options[name] ?? ''}`}
          label={t(`training.csv.${name}`)}
          description={t(`training.csv.${name}Help`)}
          placeholder={t(`training.csv.${name}Default`)}
          defaultValue={options[name] ?? ''}
          onBlur={(e) => set(name, e.currentTarget.value.trim())}
          onKeyDown={(e) => e.key === 'Enter' && e.currentTarget.blur()}
          data-testid={`csv-${name}`}
        />
      ))}
      <Select
        label={t('training.csv.header')}
        value={options.header ?? 'auto'}
        data={(['auto', 'yes', 'no'] as const).map((value) => ({ value, label: t(`training.csv.headers.${value}`) }))}
        onChange={(v) => set('header', v === 'auto' ? '' : (v ?? ''))}
      />
      <Select
        label={t('training.csv.task')}
        value={options.task ?? 'auto'}
        data={(['auto', 'classes', 'numbers'] as const).map((value) => ({
          value,
          label: t(`training.csv.tasks.${value}`),
        }))}
        onChange={(v) => set('task', v === 'auto' ? '' : (v ?? ''))}
      />
    </>
  )
}
