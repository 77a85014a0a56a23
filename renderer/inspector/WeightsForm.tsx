import { IconChevronRight, IconLock } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useShallow } from 'zustand/react/shallow'
import type { FieldValue } from '#shared/fields'
import { findNode } from '#shared/graph/graph'
import { settingsFor } from '#shared/training/weightForm'
import { isFrozen, weightFields, weightSettingsOf } from '#shared/training/weightSettings'
import { useLanguage } from '../i18n/names'
import { graphEdit, useDocument } from '../store/document'
import { remember, remembered } from '../store/remembered'
import { FieldEditor } from './fields/FieldEditor'
import css from './inspector.module.css'

const OPEN = 'netloom.weightSettings'

/** How the weights of one or several layers begin and move; folded until it is opened, and then for all layers. */
export const WeightsForm = memo(function WeightsForm({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation()
  useLanguage()
  const [open, setOpen] = useState(() => remembered(OPEN, z.boolean()) ?? false)
  const nodes = useDocument(
    useShallow((s) =>
      ids.flatMap((id) => {
        const node = findNode(s.document.graph, id)
        // What shares the weights of another layer has none of its own.
        const own = node?.sharedWith === undefined && (s.inference.node(id)?.weights.length ?? 0) > 0
        return node && own ? [node] : []
      }),
    ),
  )
  const { inference } = useDocument.getState()
  if (nodes.length === 0) return null
  const weights = nodes.flatMap((n) => inference.node(n.id)?.weights ?? [])
  const problems = nodes.flatMap((n) => inference.node(n.id)?.problems ?? [])
  const changed = new Set(nodes.flatMap((n) => Object.keys(n.weightSettings ?? {}))).size
  const set = (name: string, value: FieldValue) => {
    const edit = { type: 'setWeightSettings', ids: nodes.map((n) => n.id), settings: { [name]: value } } as const
    useDocument.getState().preview(graphEdit(edit))
  }
  const fold = (unfolded: boolean) => {
    remember(OPEN, unfolded)
    setOpen(unfolded)
  }
  return (
    <details
      className={css.fold}
      open={open}
      onToggle={(e) => e.currentTarget.open !== open && fold(e.currentTarget.open)}
      data-testid="weight-settings"
    >
      <summary>
        <IconChevronRight size={14} aria-hidden="true" />
        {t('app.inspector.weightSettings')}
        <span className={css.state}>
          {nodes.every(isFrozen) && <IconLock size={14} aria-label={t('app.canvas.frozen')} />}
          {changed > 0 && t('training.settings.changed', { count: changed })}
        </span>
      </summary>
      <form onSubmit={(e) => e.preventDefault()}>
        {(open ? settingsFor(nodes, weights) : []).map((name) => {
          const values = new Set(nodes.map((n) => weightSettingsOf(n)[name]))
          return (
            <FieldEditor
              key={name}
              owner="weights"
              name={name}
              field={weightFields[name]}
              value={values.size === 1 ? [...values][0] : undefined}
              invalid={problems.some((p) => p.field === name)}
              set={(value) => set(name, value)}
              done={() => useDocument.getState().commit('weightSettings')}
            />
          )
        })}
      </form>
    </details>
  )
})
