import { Select, Tooltip } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findNode, type GraphNode, type LayerNode } from '#shared/graph/graph'
import { change } from '../canvas/change'
import { nodeName, useLanguage } from '../i18n/names'
import { useDocument } from '../store/document'
import css from './fields/fields.module.css'

const OWN = ''
const shown = (node: GraphNode) => ({ value: node.id, label: `${nodeName(node)} (${node.id})` })

/** Whose weights a layer uses: its own, or those of another layer of its kind. */
export function SharedWeights({ node }: { readonly node: LayerNode }) {
  const { t } = useTranslation()
  useLanguage()
  const id = useId()
  const [open, setOpen] = useState(false)
  const { sharedWith } = node
  const owner = useDocument((s) => (sharedWith === undefined ? undefined : findNode(s.document.graph, sharedWith)))
  const own = { value: OWN, label: t('app.inspector.ownWeights') }
  const missing = { value: sharedWith ?? OWN, label: sharedWith ?? '' }
  // The list of all that could be chosen is made when it is asked for.
  const others = open ? candidates(node) : []
  const current = owner ? [shown(owner)] : sharedWith === undefined ? [] : [missing]
  const listed = others.some((o) => o.value === sharedWith) ? others : [...current, ...others]
  return (
    <div className={css.field} data-testid="field-sharedWith">
      <Tooltip label={t('app.inspector.sharedWithHelp')} position="left">
        <label htmlFor={id}>{t('app.inspector.sharedWith')}</label>
      </Tooltip>
      <Select
        id={id}
        data={[own, ...listed]}
        value={sharedWith ?? OWN}
        searchable={others.length > 8}
        nothingFoundMessage={t('app.inspector.noSuchLayer')}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        onDropdownOpen={() => setOpen(true)}
        onDropdownClose={() => setOpen(false)}
        onChange={(v) =>
          v !== null &&
          v !== (sharedWith ?? OWN) &&
          change('shareWeights', [{ type: 'share', id: node.id, with: v === OWN ? null : v }])
        }
      />
      <p className={css.help}>{t('app.inspector.sharedWithHelp')}</p>
    </div>
  )
}

/** Layers of the same kind that have weights of their own. */
const candidates = (node: LayerNode) =>
  useDocument
    .getState()
    .document.graph.nodes.filter((n) => n.type === node.type && n.id !== node.id && n.sharedWith === undefined)
    .map(shown)
