import { Modal, Switch } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldValue } from '#shared/fields'
import { infer } from '#shared/graph/infer'
import { showShape } from '#shared/layer'
import { layers } from '#shared/layers/index'
import { weightFields } from '#shared/training/weightSettings'
import { bytes, short } from '../i18n/format'
import { choiceLabel, fieldLabel, nodeName, translateWords } from '../i18n/names'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { CompareWith, type Other, templateAsOther } from './CompareWith'
import { compare, type Layer, otherSettings } from './compare'
import tableCss from './compare.module.css'
import { nameOf } from './files'
import css from './shell.module.css'

/** The network beside a template or another file: totals, and what differs layer by layer. */
export function CompareDialog() {
  const { t } = useTranslation()
  const opened = useView((s) => s.dialog === 'compare')
  return (
    <Modal opened={opened} onClose={() => useView.getState().showDialog(null)} title={t('app.compare.title')} size="xl">
      <Comparison />
    </Modal>
  )
}

function Comparison() {
  const { t } = useTranslation()
  const [other, setOther] = useState<Other>(() => templateAsOther('lenet5'))
  const [all, setAll] = useState(false)
  const document = useDocument((s) => s.document)
  const inference = useDocument((s) => s.inference)
  const beside = useMemo(() => ({ graph: other.graph, inference: infer(other.graph) }), [other])
  const lines = useMemo(
    () => compare({ graph: document.graph, inference }, beside),
    [document.graph, inference, beside],
  )
  const shown = all ? lines : lines.filter((l) => !l.same)
  const [mine, theirs] = [inference.totals, beside.inference.totals]
  const totals = [
    [t('app.inspector.params'), short(mine.params.total), short(theirs.params.total)],
    [t('app.inspector.macs'), short(mine.macs), short(theirs.macs)],
    [t('app.inspector.weightBytes'), bytes(mine.weightBytes), bytes(theirs.weightBytes)],
    [t('app.inspector.activations'), bytes(mine.activationBytes), bytes(theirs.activationBytes)],
  ] as const
  return (
    <>
      <div className={tableCss.head}>
        <CompareWith other={other} onChoose={setOther} />
        <Switch label={t('app.compare.all')} checked={all} onChange={(e) => setAll(e.currentTarget.checked)} />
      </div>
      <table className={tableCss.table} data-testid="comparison">
        <thead>
          <tr>
            <th />
            <th>{nameOf(document)}</th>
            <th>{other.label}</th>
          </tr>
        </thead>
        <tbody>
          {totals.map(([label, a, b]) => (
            <tr key={label}>
              <th>{label}</th>
              <td>{a}</td>
              <td>{b}</td>
            </tr>
          ))}
        </tbody>
        <tbody>
          {shown.map((l) => (
            <tr key={`${l.mine?.node.id}/${l.other?.node.id}`} data-same={l.same || undefined}>
              <th>{l.mine && l.other ? (l.same ? '=' : '≠') : l.mine ? '+' : '−'}</th>
              <td>{l.mine && <Told layer={l.mine} beside={l.other} />}</td>
              <td>{l.other && <Told layer={l.other} beside={l.mine} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className={css.muted}>{t('app.compare.same')}</p>}
    </>
  )
}

/** A layer, and what it has otherwise than the one beside it. */
function Told({ layer: { node, result }, beside }: { readonly layer: Layer; readonly beside: Layer | null }) {
  const { t } = useTranslation()
  const owner = node.type === 'unknown' ? '' : node.type
  const otherwise = beside ? otherSettings(node, beside.node) : []
  const digest = node.type === 'unknown' ? node.originalType : (layers[node.type].digest?.(node.params) ?? '')
  return (
    <>
      <strong>{nodeName(node)}</strong> {result.outputs.map(showShape).join(' ')}
      <div className={css.muted}>{translateWords(digest)}</div>
      {otherwise.length > 0 && (
        <div>{otherwise.map(([name, value]) => settingText(name, value, owner, t)).join(' · ')}</div>
      )}
    </>
  )
}

/** `Kernel L2: 0.001`. */
const settingText = (name: string, value: FieldValue, owner: string, t: TFunction): string =>
  t('app.compare.setting', {
    name: name === 'sharedWith' ? t('app.inspector.sharedWith') : fieldLabel(name, owner),
    value: valueText(name, value, owner, t),
  })
function valueText(name: string, value: FieldValue, owner: string, t: TFunction): string {
  if (typeof value === 'boolean') return t(value ? 'app.field.on' : 'app.field.off')
  if (typeof value === 'object') return value.join('×')
  return typeof value === 'string' ? choiceLabel(name in weightFields ? 'weights' : owner, value) : String(value)
}
