import { Select, Switch, TextInput } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, FieldValue, Padding } from '#shared/fields'
import { choiceLabel, fieldHelp, fieldLabel, useLanguage } from '../../i18n/names'
import type { Editing } from './editing'
import css from './fields.module.css'
import { NumberField } from './NumberField'
import { PaddingEditor } from './PaddingEditor'
import { SizesField } from './SizesField'
import { TupleEditor } from './TupleEditor'

interface Props {
  /** The layer type that the field belongs to; its texts may differ from those of other layers. */
  readonly owner: string
  readonly name: string
  readonly field: Field
  /** Undefined where several layers differ. */
  readonly value: FieldValue | undefined
  /** Something is wrong with the value, said elsewhere. */
  readonly invalid?: boolean
  /** Something is wrong with the value, said below the field. */
  readonly problem?: string | undefined
  set(value: FieldValue): void
  done(): void
}

/** A field's label, editor, help and problem; the editor follows from the field's kind. */
export function FieldEditor({ owner, name, field, invalid, problem, ...rest }: Props) {
  useLanguage()
  const id = useId()
  const label = fieldLabel(name, owner)
  const help = fieldHelp(owner, name, field.help)
  const wide = field.kind === 'padding' || field.kind === 'shape' || field.kind === 'list'
  return (
    <div className={wide ? css.wide : css.field} data-testid={`field-${name}`}>
      <label htmlFor={id} data-tip={`${help} (${name})`} data-tip-side="left">
        {label}
      </label>
      <Editor
        owner={owner}
        field={field}
        label={label}
        editing={{ ...rest, id, invalid: invalid === true || problem !== undefined }}
      />
      {problem !== undefined && <p className={css.problem}>{problem}</p>}
      <p className={css.help}>{help}</p>
    </div>
  )
}

interface EditorProps {
  readonly owner: string
  readonly field: Field
  readonly label: string
  readonly editing: Editing
}
const isNumbers = (v: FieldValue | undefined): v is readonly number[] => typeof v === 'object'

function Editor({ owner, field, label, editing }: EditorProps) {
  const { t } = useTranslation()
  const { id, value, invalid, set, done } = editing
  const setAndDone = (v: FieldValue) => {
    set(v)
    done()
  }
  switch (field.kind) {
    case 'int':
    case 'float':
      return (
        <NumberField
          {...editing}
          value={typeof value === 'number' ? value : undefined}
          integer={field.kind === 'int'}
          min={field.min}
          max={field.max}
        />
      )
    case 'bool':
      return (
        <Switch
          id={id}
          checked={value === true}
          label={value === undefined ? t('app.inspector.mixed') : value ? t('app.field.on') : t('app.field.off')}
          onChange={(e) => setAndDone(e.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <Select
          id={id}
          value={typeof value === 'string' ? value : null}
          error={invalid}
          placeholder={t('app.inspector.mixed')}
          data={field.options.map((o) => ({ value: o, label: choiceLabel(owner, o) }))}
          searchable={field.options.length > 8}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          onChange={(v) => v !== null && v !== value && setAndDone(v)}
        />
      )
    case 'tuple':
      return <TupleEditor {...editing} field={field} label={label} value={isNumbers(value) ? value : undefined} />
    case 'padding': {
      const padding: Padding | undefined = isNumbers(value) || value === 'same' || value === 'valid' ? value : undefined
      return <PaddingEditor {...editing} field={field} label={label} value={padding} />
    }
    case 'shape':
    case 'list':
      return (
        <SizesField
          {...editing}
          label={label}
          hint={field.kind === 'shape' ? t('app.field.shapeHint') : t('app.field.listHint')}
          value={isNumbers(value) ? value : undefined}
        />
      )
    case 'text':
      return (
        <TextInput
          id={id}
          value={typeof value === 'string' ? value : ''}
          error={invalid}
          onChange={(e) => set(e.currentTarget.value)}
          onBlur={done}
        />
      )
  }
}
