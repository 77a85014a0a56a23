import { makeNode } from '../graph/edits'
import { findNode, freshId, type Graph, type GraphNode, indexOf, type LayerNodeOf } from '../graph/graph'
import type { Inference } from '../graph/infer'
import { nodeSize } from '../graph/tidy'
import { elements, isKnown, showShape } from '../layer'
import { type Draft, draft, type Fix, type Problem, toProblem } from '../problems'
import type { TrainingConfig } from './config'
import { feedOf } from './inputFit'
import { losses } from './losses'
import { type NetworkOutput, outputsOf, targetsFor } from './outputs'
import type { DataSummary } from './run'

type Data = Pick<DataSummary, 'inputShape' | 'labels' | 'targetSize'>
type Known = Pick<Inference, 'node' | 'problems'>

/** Gap between a layer and one that a fix puts behind it. */
const GAP = 32

export const inputsOf = (graph: Graph): readonly LayerNodeOf<'input'>[] => graph.nodes.filter((n) => n.type === 'input')

/** All that is to be said of a network: its own problems and, if it is sound, where the losses of the training settings do not fit it. */
export function problemsOf(graph: Graph, inference: Known, training: Pick<TrainingConfig, 'loss'>): readonly Problem[] {
  const own = inference.problems()
  return own.some((p) => p.severity === 'error') ? own : [...own, ...lossMisfits(graph, inference, training, null)]
}

/** Where samples and targets do not fit the inputs and outputs. A size that is not known yet is no misfit: it is a problem elsewhere. */
export function dataMisfits(graph: Graph, inference: Pick<Inference, 'node'>, data: Data): readonly Problem[] {
  return [...inputMisfits(graph, data), ...outputMisfits(graph, outputsOf(graph, inference), data)]
}

function inputMisfits(graph: Graph, { inputShape }: Data): readonly Problem[] {
  const inputs = inputsOf(graph)
  const [first, ...more] = inputs
  if (
    !first ||
    feedOf(
      inputShape,
      inputs.map((n) => n.params.shape),
    ) !== null
  )
    return []
  const network = inputs.map((n) => showShape(n.params.shape)).join(', ')
  const values = { data: showShape(inputShape), network }
  if (more.length > 0) return [toProblem(draft('inputsMisfit', values), first.id)]
  const params = { shape: inputShape }
  return [
    toProblem(draft('inputMisfit', values), first.id, {
      label: 'setParams',
      edits: [{ type: 'setParams', id: first.id, params }],
    }),
  ]
}

function outputMisfits(graph: Graph, outputs: readonly NetworkOutput[], data: Data): readonly Problem[] {
  const { labels, targetSize } = data
  const shapes = outputs.map((o) => o.shape).filter(isKnown)
  if (shapes.length === 0 || shapes.length < outputs.length) return []
  const sizes = shapes.map(elements)
  if (targetsFor(sizes, targetSize, labels !== null)) return []
  const [first] = outputs
  if (first && !labels && outputs.length > 1)
    return [toProblem(draft('targetsMisfit', { sizes: sizes.join(', '), numbers: targetSize }), first.node.id)]
  return outputs.flatMap(({ node, shape }, i) => {
    if (sizes[i] === targetSize) return []
    const values = { outputs: sizes[i] ?? 0, shape: showShape(shape) }
    const found = labels
      ? draft('classesMisfit', { ...values, classes: targetSize })
      : draft('targetMisfit', { ...values, numbers: targetSize })
    const dense = shape?.length === 1 ? lastDense(graph, node) : undefined
    return [toProblem(found, node.id, dense && setParams(dense.id, { units: targetSize }))]
  })
}

/** Where losses do not fit the outputs that they are computed from. `data` is null while it is not known. */
export function lossMisfits(
  graph: Graph,
  inference: Known,
  { loss: general }: Pick<TrainingConfig, 'loss'>,
  data: Pick<Data, 'labels'> | null,
): readonly Problem[] {
  const outputs = outputsOf(graph, inference)
  const found: Problem[] = []
  const tell = ({ node }: NetworkOutput, d: Draft, fix?: Fix) => found.push(toProblem(d, node.id, fix))
  const [first] = outputs
  if (first && outputs.every((o) => o.weight === 0)) tell(first, draft('noLossWeight', {}))
  else if (first && allStarve(graph, inference)) tell(first, draft('nothingLearns', {}))
  const numbers = data !== null && !data.labels
  // What is wrong with the loss of the settings is said once.
  let told = false
  for (const output of outputs) {
    const { ending, known, shape } = output
    const loss = losses[output.loss ?? general]
    if (numbers && loss.classes) {
      if (output.loss !== null || !told)
        tell(output, draft('lossNeedsClasses', { loss: loss.label }), toSquaredError(output))
      told ||= output.loss === null
    } else if (!known) continue
    else if (loss.logitsOf && ending !== loss.logitsOf)
      tell(
        output,
        draft('endingMissing', { loss: loss.label, ending: loss.logitsOf }),
        ending === null ? addEnding(graph, output, loss.logitsOf) : undefined,
      )
    else if (loss.logitsOf === 'softmax' && isKnown(shape) && elements(shape) !== shape.at(-1))
      tell(output, draft('softmaxAxis', { shape: showShape(shape) }))
    else if (numbers && ending === 'softmax') tell(output, draft('softmaxOfNumbers', {}), withoutSoftmax(output.source))
  }
  return found
}

/** There are weights to train, but a gradient reaches none of them. */
function allStarve(graph: Graph, inference: Known): boolean {
  const starved = new Set(inference.problems().flatMap((p) => (p.code === 'noGradient' ? [p.nodeId] : [])))
  if (starved.size === 0) return false
  const learns = (n: GraphNode) => !starved.has(n.id) && inference.node(n.id)?.weights.some((w) => w.trainable) === true
  return !graph.nodes.some(learns)
}

const setParams = (id: string, params: Readonly<Record<string, number | string>>): Fix => ({
  label: 'setParams',
  edits: [{ type: 'setParams', id, params }],
})

const toSquaredError = ({ node, loss }: NetworkOutput): Fix =>
  loss === null
    ? { label: 'setTraining', edits: [], training: { loss: 'meanSquaredError' } }
    : setParams(node.id, { loss: 'meanSquaredError' })

/** Puts a softmax or sigmoid behind the last layer, before the Output layer that marks it. */
function addEnding(graph: Graph, { node, source }: NetworkOutput, ending: 'softmax' | 'sigmoid'): Fix {
  const { x, y } = source.position
  const type = ending === 'softmax' ? 'softmax' : 'activation'
  const id = freshId(indexOf(graph.nodes), `${source.id}_${ending}`)
  const params = ending === 'softmax' ? {} : { function: ending }
  const plain = makeNode(type, id, params, { x, y: y + nodeSize.height + GAP })
  const made = source.group === undefined ? plain : { ...plain, group: source.group }
  const wire = graph.edges.find((e) => e.target === node.id && e.source === source.id)
  if (wire) return { label: 'addLayer', edits: [{ type: 'insert', edge: wire, node: made }] }
  const edge = { source: node.id, sourcePort: 0, target: id, targetPort: 0 }
  return { label: 'addLayer', edits: [{ type: 'add', nodes: [made], edges: [edge], groups: [] }] }
}

/** Takes the softmax off a layer; undefined where it has none to take off. */
function withoutSoftmax(source: GraphNode): Fix | undefined {
  if (source.type === 'softmax' || source.type === 'activation')
    return { label: 'removeSoftmax', edits: [{ type: 'remove', ids: [source.id], rewire: true }] }
  return 'activation' in source.params ? setParams(source.id, { activation: 'linear' }) : undefined
}

/** The dense layer that decides the size of the output: the last one, seen through layers that keep the size. */
function lastDense(graph: Graph, end: GraphNode): GraphNode | undefined {
  let node: GraphNode | undefined = end
  for (let steps = 0; node && steps < graph.nodes.length; steps++) {
    if (node.type === 'dense') return node
    if (!keepsSize.has(node.type)) return undefined
    node = onlySource(graph, node.id)
  }
  return undefined
}

const keepsSize: ReadonlySet<string> = new Set(['output', 'softmax', 'activation', 'dropout', 'batchNorm'])

function onlySource(graph: Graph, id: string): GraphNode | undefined {
  const [edge, ...more] = graph.edges.filter((e) => e.target === id)
  return edge && more.length === 0 ? findNode(graph, edge.source) : undefined
}
