import { useTranslation } from 'react-i18next'
import { findNode } from '#shared/graph/graph'
import { useDocument } from '../store/document'
import { AlignButtons } from './AlignButtons'
import { CostRows, Part } from './Figures'
import { commitParam, setParam } from './fields/editing'
import { FieldEditor } from './fields/FieldEditor'
import css from './inspector.module.css'
import { sharedFields } from './shared'
import { sumTotals } from './sums'
import { WeightsForm } from './WeightsForm'

/** Several layers: the parameters that they share, changed for all at once, and their sums. */
export function SeveralPanel({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation()
  const graph = useDocument((s) => s.document.graph)
  const inference = useDocument((s) => s.inference)
  const shared = sharedFields(ids.flatMap((id) => findNode(graph, id) ?? []))
  return (
    <>
      <div className={css.heading}>
        <h2>{t('app.inspector.several', { count: ids.length })}</h2>
      </div>
      <AlignButtons />
      <Part title={t('app.inspector.sharedFields')}>
        {shared.length === 0 && <p className={css.note}>{t('app.inspector.nothingShared')}</p>}
        <form onSubmit={(e) => e.preventDefault()}>
          {shared.map(({ name, owner, field, value }) => (
            <FieldEditor
              key={name}
              owner={owner}
              name={name}
              field={field}
              value={value}
              set={(v) => setParam(ids, name, v)}
              done={commitParam}
            />
          ))}
        </form>
      </Part>
      <WeightsForm ids={ids} />
      <Part title={t('app.inspector.costs')}>
        <CostRows {...sumTotals(inference, ids)} />
      </Part>
    </>
  )
}
