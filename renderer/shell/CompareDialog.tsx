import { Modal, Select, Switch } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultsOf } from '#shared/fields'
import { infer } from '#shared/graph/infer'
import { showShape } from '#shared/layer'
import { layers } from '#shared/layers/index'
import { isTemplateName, type TemplateName, templateNames, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { bytes, short } from '../i18n/format'
import { nodeName, translateWords } from '../i18n/names'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { compare, type Layer } from './compare'
import { nameOf } from './files'
import css from './shell.module.css'

/** The network beside a template: totals, and what differs layer by layer. */
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
  const [name, setName] = useState<TemplateName>('lenet5')
  const [all, setAll] = useState(false)
  const document = useDocument((s) => s.document)
  const inference = useDocument((s) => s.inference)
  const other = useMemo(() => {
    const graph = drawTemplate(templates[name], defaultsOf(templates[name].fields))
    return { graph, inference: infer(graph) }
  }, [name])
  const lines = useMemo(() => compare({ graph: document.graph, inference }, other), [document.graph, inference, other])
  const shown = all ? lines : lines.filter((l) => !l.same)
  const [mine, theirs] = [inference.totals, other.inference.totals]
  const totals = [
    [t('app.inspector.params'), short(mine.params.total), short(theirs.params.total)],
    [t('app.inspector.macs'), short(mine.macs), short(theirs.macs)],
    [t('app.inspector.weightBytes'), bytes(mine.weightBytes), bytes(theirs.weightBytes)],
    [t('app.inspector.activations'), bytes(mine.activationBytes), bytes(theirs.activationBytes)],
  ] as const
  return (
    <>
      <div className={css.compareHead}>
        <Select
          aria-label={t('app.compare.with')}
          value={name}
          data={templateNames.map((n) => ({ value: n, label: templates[n].label }))}
          onChange={(v) => v !== null && isTemplateName(v) && setName(v)}
        />
        <Switch label={t('app.compare.all')} checked={all} onChange={(e) => setAll(e.currentTarget.checked)} />
      </div>
      <table className={css.compare} data-testid="comparison">
        <thead>
          <tr>
            <th />
            <th>{nameOf(document)}</th>
            <th>{templates[name].label}</th>
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
              <td>{l.mine && <Told layer={l.mine} />}</td>
              <td>{l.other && <Told layer={l.other} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className={css.muted}>{t('app.compare.same')}</p>}
    </>
  )
}

function Told({ layer: { node, result } }: { readonly layer: Layer }) {
  const digest = node.type === 'unknown' ? node.originalType : (layers[node.type].digest?.(node.params) ?? '')
  return (
    <>
      <strong>{nodeName(node)}</strong> {result.outputs.map(showShape).join(' ')}
      <div className={css.muted}>{translateWords(digest)}</div>
    </>
  )
}
