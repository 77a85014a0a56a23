import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { type ReceptiveField, sameField } from '#shared/analysis/receptiveField'
import type { NodeResult } from '#shared/graph/nodeResult'
import { elements, isKnown, type MaybeShape, showShape, type WeightSpec } from '#shared/layer'
import { exact } from '../i18n/format'
import { Row } from './Figures'
import css from './inspector.module.css'

/** Shapes of what comes in and goes out. */
export const SizeRows = memo(function SizeRows({ result }: { readonly result: NodeResult }) {
  const { t } = useTranslation()
  const show = (s: MaybeShape) => (s === null ? t('app.inspector.notKnown') : showShape(s))
  const count = (s: MaybeShape) => (isKnown(s) ? exact(elements(s)) : undefined)
  return (
    <dl className={css.rows}>
      {result.inputs.map((s, i) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: ports stay in their order
          key={i}
          name={result.inputs.length > 1 ? t('app.inspector.inputN', { n: i + 1 }) : t('app.inspector.input')}
          help={count(s)}
          mono
        >
          {show(s)}
        </Row>
      ))}
      {result.outputs.map((s, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ports stay in their order
        <Row key={i} name={t('app.inspector.output')} help={count(s)} mono>
          {show(s)}
        </Row>
      ))}
    </dl>
  )
})

export const WeightRows = memo(function WeightRows({ weights }: { readonly weights: readonly WeightSpec[] }) {
  const { t } = useTranslation()
  return (
    <dl className={css.rows}>
      {weights.map((w) => (
        <Row
          key={w.name}
          name={w.trainable ? w.name : `${w.name} (${t('app.inspector.nonTrainable')})`}
          help={isKnown(w.shape) ? exact(elements(w.shape)) : undefined}
          mono
        >
          {showShape(w.shape)}
        </Row>
      ))}
    </dl>
  )
})

interface FieldProps {
  readonly field: ReceptiveField
}
const sameRows = (a: FieldProps, b: FieldProps): boolean => sameField(a.field, b.field)

export const FieldRows = memo(function FieldRows({ field }: FieldProps) {
  const { t } = useTranslation()
  const show = (xs: readonly number[], sign: string) => xs.join(sign)
  return (
    <dl className={css.rows}>
      <Row name={t('app.inspector.fieldSize')} help={t('app.inspector.fieldSizeHelp')} mono>
        {show(field.size, '×')}
      </Row>
      <Row name={t('app.inspector.jump')} help={t('app.inspector.jumpHelp')} mono>
        {show(field.jump, '×')}
      </Row>
      <Row name={t('app.inspector.start')} help={t('app.inspector.startHelp')} mono>
        {show(field.start, ', ')}
      </Row>
    </dl>
  )
}, sameRows)
