import { useTranslation } from 'react-i18next'
import { exact } from '../i18n/format'
import { ProblemList, useProblems } from '../shell/ProblemList'
import { useDocument } from '../store/document'
import { BudgetForm } from './BudgetForm'
import { CostRows, Part, Row } from './Figures'
import css from './inspector.module.css'
import { NameField } from './NameField'

/** The whole network, when nothing is selected. */
export function NetworkPanel() {
  const { t } = useTranslation()
  const { name, graph } = useDocument((s) => s.document)
  const inference = useDocument((s) => s.inference)
  const edit = useDocument((s) => s.edit)
  const problems = useProblems()
  const empty = graph.nodes.length === 0
  return (
    <>
      <div className={css.heading}>
        <h2>{t('app.inspector.network')}</h2>
      </div>
      <Part title={t('app.inspector.name')}>
        <NameField
          name={name || t('app.file.untitled')}
          label={t('app.bar.rename')}
          rename={(next) => edit('renameNetwork', (d) => ({ ...d, name: next }))}
        />
      </Part>
      {!empty && (
        <Part title={t('app.inspector.costs')}>
          <dl className={css.rows}>
            <Row name={t('app.inspector.layers')}>{exact(graph.nodes.length)}</Row>
            <Row name={t('app.inspector.params')}>{exact(inference.totals.params.total)}</Row>
          </dl>
          <CostRows {...inference.totals} />
        </Part>
      )}
      {!empty && <BudgetForm />}
      {!empty && (
        <Part title={t('app.inspector.problems')}>
          {problems.length > 0 ? (
            <ProblemList problems={problems} />
          ) : (
            <p className={css.note}>{t('app.problems.noneHelp')}</p>
          )}
        </Part>
      )}
      <p className={css.note}>{t('app.inspector.selectHint')}</p>
    </>
  )
}
