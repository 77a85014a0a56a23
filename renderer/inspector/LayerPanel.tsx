import { useTranslation } from 'react-i18next'
import { findNode, type GraphNode, type LayerNode } from '#shared/graph/graph'
import { layers } from '#shared/layers/index'
import { change } from '../canvas/change'
import { layerLabel, nodeName, useLanguage } from '../i18n/names'
import { ProblemList } from '../shell/ProblemList'
import { useDocument } from '../store/document'
import { nodeColor, nodeIcon } from '../theme/icons'
import { About } from './About'
import { CostRows, Part } from './Figures'
import { commitParam, setParam } from './fields/editing'
import { FieldEditor } from './fields/FieldEditor'
import css from './inspector.module.css'
import { NameField } from './NameField'
import { FieldRows, SizeRows, WeightRows } from './Results'

/** One layer: its name, its parameters, what follows from them, and what it does. */
export function LayerPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  useLanguage()
  const node = useDocument((s) => findNode(s.document.graph, id))
  const result = useDocument((s) => s.inference.node(id))
  if (!node || !result) return null
  const problems = result.problems
  return (
    <>
      <Heading node={node} />
      {problems.length > 0 && (
        <Part title={t('app.inspector.problems')}>
          <ProblemList problems={problems} plain />
        </Part>
      )}
      {node.type === 'unknown' ? <p className={css.note}>{t('app.inspector.unknown')}</p> : <Form node={node} />}
      <Part title={t('app.inspector.sizes')}>
        <SizeRows result={result} />
      </Part>
      <Part title={t('app.inspector.costs')}>
        {result.known ? <CostRows {...result.totals} /> : <p className={css.note}>{t('app.canvas.waiting')}</p>}
      </Part>
      {result.weights.length > 0 && (
        <Part title={t('app.inspector.weights')}>
          <WeightRows weights={result.weights} />
        </Part>
      )}
      {result.receptiveField && (
        <Part title={t('app.inspector.receptiveField')}>
          <FieldRows field={result.receptiveField} />
        </Part>
      )}
      {node.type !== 'unknown' && <About type={node.type} />}
    </>
  )
}

function Heading({ node }: { readonly node: GraphNode }) {
  const { t } = useTranslation()
  const Icon = nodeIcon(node)
  const kind = node.type === 'unknown' ? node.originalType : layerLabel(node.type)
  return (
    <div className={css.heading}>
      <Icon size={20} stroke={1.5} color={nodeColor(node)} />
      <NameField
        name={nodeName(node)}
        label={t('app.inspector.name')}
        rename={(name) => change('rename', [{ type: 'rename', id: node.id, name }])}
      />
      {kind !== nodeName(node) && <span className={css.type}>{kind}</span>}
    </div>
  )
}

function Form({ node }: { readonly node: LayerNode }) {
  const { t } = useTranslation()
  const problems = useDocument((s) => s.inference.node(node.id)?.problems) ?? []
  const { fields } = layers[node.type]
  const names = Object.entries(fields)
  const params: Readonly<Record<string, (typeof fields)[string]['default']>> = node.params
  return (
    <Part title={t('app.inspector.parameters')}>
      {names.length === 0 && <p className={css.note}>{t('app.inspector.noFields')}</p>}
      <form onSubmit={(e) => e.preventDefault()}>
        {names.map(([name, field]) => {
          return (
            <FieldEditor
              key={name}
              owner={node.type}
              name={name}
              field={field}
              value={params[name]}
              invalid={problems.some((p) => p.field === name)}
              set={(value) => setParam([node.id], name, value)}
              done={commitParam}
            />
          )
        })}
      </form>
    </Part>
  )
}
