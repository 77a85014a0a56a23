import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, FieldValue } from '#shared/fields'
import type { GraphNode, LayerNode } from '#shared/graph/graph'
import { layers } from '#shared/layers/index'
import { change } from '../canvas/change'
import { layerLabel, nodeName, useLanguage } from '../i18n/names'
import { ProblemList } from '../shell/ProblemList'
import { useDocument } from '../store/document'
import { useLayer } from '../store/useLayer'
import { nodeColor, nodeIcon } from '../theme/icons'
import { About } from './About'
import { CostRows, Part } from './Figures'
import { commitParam, setParam } from './fields/editing'
import { FieldEditor } from './fields/FieldEditor'
import css from './inspector.module.css'
import { NameField } from './NameField'
import { FieldRows, SizeRows, WeightRows } from './Results'
import { SharedWeights } from './SharedWeights'
import { WeightsForm } from './WeightsForm'

/** One layer: its name, its parameters, what follows from them, and what it does. */
export const LayerPanel = memo(function LayerPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  useLanguage()
  const ids = useMemo(() => [id], [id])
  const node = useLayer(id)
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
      <WeightsForm ids={ids} />
      <Part title={t('app.inspector.sizes')}>
        <SizeRows result={result} />
      </Part>
      <Part title={t('app.inspector.costs')}>
        {result.known ? <CostRows {...result.totals} /> : <p className={css.note}>{t('app.canvas.waiting')}</p>}
      </Part>
      {(result.weights.length > 0 || node.sharedWith !== undefined) && (
        <Part title={t('app.inspector.weights')}>
          {node.type !== 'unknown' && <SharedWeights id={id} type={node.type} sharedWith={node.sharedWith} />}
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
})

interface Of<N extends GraphNode> {
  readonly node: N
}

/** Parameters change the icon of some layers. */
const sameHeading = ({ node: a }: Of<GraphNode>, { node: b }: Of<GraphNode>): boolean =>
  a.id === b.id && a.type === b.type && a.name === b.name && nodeIcon(a) === nodeIcon(b)

const Heading = memo(function Heading({ node }: Of<GraphNode>) {
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
}, sameHeading)

const Form = memo(function Form({ node }: Of<LayerNode>) {
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
            <ParamField
              key={name}
              id={node.id}
              owner={node.type}
              name={name}
              field={field}
              value={params[name]}
              invalid={problems.some((p) => p.field === name)}
            />
          )
        })}
      </form>
    </Part>
  )
})

interface ParamProps {
  readonly id: string
  readonly owner: string
  readonly name: string
  readonly field: Field
  readonly value: FieldValue | undefined
  readonly invalid: boolean
}

/** One parameter. It renders again only when it changes itself: typing in one field leaves the others alone. */
const ParamField = memo(function ParamField({ id, name, ...rest }: ParamProps) {
  return <FieldEditor {...rest} name={name} set={(value) => setParam([id], name, value)} done={commitParam} />
})
