import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { checkField, type Field, type FieldValue } from '#shared/fields'
import { type TrainingConfig, trainingFields } from '#shared/training/config'
import { optimizers } from '#shared/training/optimizers'
import { fieldHelp, fieldLabel } from '../i18n/names'
import { useDocument } from '../store/document'
import classes from './training.module.css'

const names = Object.keys(trainingFields) as (keyof TrainingConfig)[]

/** The settings of the next run, generated from their fields. */
export function SettingsForm() {
  const { t } = useTranslation()
  const training = useDocument((s) => s.document.training)
  const change = (name: keyof TrainingConfig, value: FieldValue) =>
    useDocument
      .getState()
      .edit('training.step.settings', (d) =>
        d.training[name] === value ? d : { ...d, training: { ...d.training, [name]: value } },
      )
  const shown = names.filter((n) => n !== 'momentum' || optimizers[training.optimizer].usesMomentum)
  return (
    <>
      <h3>{t('training.settings.title')}</h3>
      <div className={classes.form}>
        {shown.map((name) => (
          <FieldInput
            key={name}
            name={name}
            field={trainingFields[name]}
            value={training[name]}
            onChange={(v) => change(name, v)}
          />
        ))}
      </div>
    </>
  )
}

function FieldInput({
  name,
  field,
  value,
  onChange,
}: {
  readonly name: keyof TrainingConfig
  readonly field: Field
  readonly value: FieldValue
  onChange(value: FieldValue): void
}) {
  const label = fieldLabel(name, 'training')
  const help = fieldHelp('training', name, field.help)
  const problem = checkField(name, field, value)
  if (field.kind === 'choice')
    return (
      <Select
        label={label}
        title={help}
        data={[...field.options]}
        value={String(value)}
        onChange={(v) => v !== null && onChange(v)}
      />
    )
  return (
    <NumberInput
      label={label}
      title={help}
      value={Number(value)}
      error={problem !== null}
      allowDecimal={field.kind === 'float'}
      onChange={(v) => typeof v === 'number' && onChange(v)}
    />
  )
}
