import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { bytes, exact, short } from '../i18n/format'
import css from './inspector.module.css'

/** A titled part of the inspector. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={css.part}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

interface RowProps {
  readonly name: string
  readonly children: ReactNode
  /** What hovering says: the exact number, and what it means. */
  readonly help?: string | undefined
  readonly mono?: boolean
}

export const Row = memo(function Row({ name, children, help, mono }: RowProps) {
  return (
    <div className={css.row} data-tip={help} data-tip-side="left">
      <dt>{name}</dt>
      <dd className={mono ? css.mono : undefined}>{children}</dd>
    </div>
  )
})

interface Costs {
  readonly params: { readonly trainable: number; readonly nonTrainable: number }
  readonly macs: number
  readonly flops: number
  readonly weightBytes: number
  readonly activationBytes: number
}

/** Parameters, operations and memory, each with its definition on hover. */
export const CostRows = memo(function CostRows({ params, macs, flops, weightBytes, activationBytes }: Costs) {
  const { t } = useTranslation()
  const say = (n: number, what: string) => `${exact(n)}: ${what}`
  return (
    <dl className={css.rows}>
      <Row name={t('app.inspector.trainable')} help={exact(params.trainable)}>
        {exact(params.trainable)}
      </Row>
      {params.nonTrainable > 0 && (
        <Row name={t('app.inspector.fixed')} help={exact(params.nonTrainable)}>
          {exact(params.nonTrainable)}
        </Row>
      )}
      <Row name={t('app.inspector.macs')} help={say(macs, t('app.inspector.macsHelp'))}>
        {short(macs)}
      </Row>
      <Row name={t('app.inspector.flops')} help={say(flops, t('app.inspector.flopsHelp'))}>
        {short(flops)}
      </Row>
      <Row name={t('app.inspector.weightBytes')} help={say(weightBytes, t('app.inspector.weightBytesHelp'))}>
        {bytes(weightBytes)}
      </Row>
      <Row name={t('app.inspector.activations')} help={say(activationBytes, t('app.inspector.activationsHelp'))}>
        {bytes(activationBytes)}
      </Row>
    </dl>
  )
})
