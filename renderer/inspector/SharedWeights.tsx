import { Select } from '@mantine/core'
import { memo, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findNode, type GraphNode } from '#shared/graph/graph'
import type { LayerType } from '#shared/layers/index'
import { change } from '../canvas/change'
import { nodeName, useLanguage } from '../i18n/names'
import { useDocument } from '../store/document'
import css from './fields/fields.module.css'

const OWN = ''
const shown = (node: GraphNode) => ({ value: node.id, label: `${nodeName(node)} (${node.id})` })

interface Props {
  readonly id: string
  readonly type: LayerType
  readonly sharedWith: string | undefined
}

/** Whose weights a layer uses: its own, or those of another layer of its kind. */
export const SharedWeights = memo(function SharedWeights({ id: layer, type, sharedWith }: Props) {
  const { t } = useTranslation()
  useLanguage()
  const id = useId()
  const [open, setOpen] = useState(false)
  const owner = useDocument((s) => (sharedWith === undefined ? undefined : findNode(s.document.graph, sharedWith)))
  const own = { value: OWN, label: t('app.inspector.ownWeights') }
  const missing = { value: sharedWith ?? OWN, label: sharedWith ?? '' }
  // The list of all that could be chosen is made when it is asked for.
  const others = open ? candidates(layer, type) : []
  const current = owner ? [shown(owner)] : sharedWith === undefined ? [] : [missing]
  const listed = others.some((o) => o.value === sharedWith) ? others : [...current, ...others]
  return (
    <div className={css.field} data-testid="field-sharedWith">
      <label htmlFor={id} data-tip={t('app.inspector.sharedWithHelp')} data-tip-side="left">
        {t('app.inspector.sharedWith')}
      </label>
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
          change('shareWeights', [{ type: 'share', id: layer, with: v === OWN ? null : v }])
        }
      />
      <p className={css.help}>{t('app.inspector.sharedWithHelp')}</p>
    </div>
  )
})

/** Layers of the same kind that have weights of their own. */
const candidates = (id: string, type: LayerType) =>
  useDocument
    .getState()
    .document.graph.nodes.filter((n) => n.type === type && n.id !== id && n.sharedWith === undefined)
    .map(shown)
