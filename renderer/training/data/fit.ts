import type { FieldValue } from '#shared/fields'
import type { Edit } from '#shared/graph/edits'
import { findNode, type Graph, type GraphNode, type LayerNodeOf } from '#shared/graph/graph'
import type { Inference } from '#shared/graph/infer'
import { elements, isKnown, showShape } from '#shared/layer'
import type { TrainingConfig } from '#shared/training/config'
import { inputFit } from '#shared/training/inputFit'
import { losses } from '#shared/training/losses'
import type { DataSummary } from '#shared/training/run'

/** Where the data and the network disagree, the numbers to say it with, and what one click can change. */
export type Misfit =
  | {
      readonly kind: 'input'
      readonly data: string
      readonly network: string
      readonly nodeId: string
      readonly edits: readonly Edit[]
    }
  | {
      readonly kind: 'output'
      readonly data: number
      readonly network: string
      readonly nodeId: string
      /** Empty where no last dense layer decides the output. */
      readonly edits: readonly Edit[]
    }
  | { readonly kind: 'loss'; readonly loss: TrainingConfig['loss'] }
  /** Numbers as targets behind a softmax, whose outputs add up to 1. */
  | { readonly kind: 'softmax'; readonly nodeId: string; readonly edits: readonly Edit[] }

/** Everything that keeps this data from training this network. A size that is not known yet is no misfit: it is a problem elsewhere. */
export function misfits(
  graph: Graph,
  inference: Pick<Inference, 'node'>,
  loss: TrainingConfig['loss'],
  data: DataSummary,
): readonly Misfit[] {
  const found: Misfit[] = []
  const set = (id: string, params: Readonly<Record<string, FieldValue>>): Edit => ({ type: 'setParams', id, params })
  const input = onlyInput(graph)
  if (input && inputFit(data.inputShape, input.params.shape) === null)
    found.push({
      kind: 'input',
      data: showShape(data.inputShape),
      network: showShape(input.params.shape),
      nodeId: input.id,
      edits: [set(input.id, { shape: data.inputShape })],
    })
  const fed = new Set(graph.edges.map((e) => e.source))
  const ends = graph.nodes.filter((n) => !fed.has(n.id) && n.type !== 'input')
  const [end] = ends
  const shape = end && inference.node(end.id)?.outputs[0]
  if (end && shape && ends.length === 1 && isKnown(shape) && elements(shape) !== data.targetSize) {
    const dense = lastDense(graph, end)
    found.push({
      kind: 'output',
      data: data.targetSize,
      network: showShape(shape),
      nodeId: end.id,
      edits: dense && shape.length === 1 ? [set(dense.id, { units: data.targetSize })] : [],
    })
  }
  if (!data.labels && losses[loss].classes) found.push({ kind: 'loss', loss: 'meanSquaredError' })
  const squashed = !data.labels && end && ends.length === 1 ? withoutSoftmax(end) : null
  if (end && squashed) found.push({ kind: 'softmax', nodeId: end.id, edits: [squashed] })
  return found
}

/** Takes the softmax off the end of a network; null where there is none. */
function withoutSoftmax(end: GraphNode): Edit | null {
  if (end.type === 'softmax') return { type: 'remove', ids: [end.id], rewire: true }
  const linear = { type: 'setParams', id: end.id, params: { activation: 'linear' } } as const
  if (end.type === 'dense' && end.params.activation === 'softmax') return linear
  return end.type === 'activation' && end.params.function === 'softmax'
    ? { type: 'remove', ids: [end.id], rewire: true }
    : null
}

/** The input layer; undefined where there is none or several. */
function onlyInput(graph: Graph): LayerNodeOf<'input'> | undefined {
  const [input, ...more] = graph.nodes.filter((n) => n.type === 'input')
  return more.length === 0 ? input : undefined
}

/** Samples that are not of the input's shape but can be brought to it: what the trainer will do, and the two shapes. */
export function adaptation(
  graph: Graph,
  data: DataSummary,
): { readonly how: 'reshaped' | 'padded'; readonly data: string; readonly network: string } | null {
  const input = onlyInput(graph)
  const how = input && inputFit(data.inputShape, input.params.shape)
  if (!input || !how || how === 'same') return null
  return { how, data: showShape(data.inputShape), network: showShape(input.params.shape) }
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

const keepsSize: ReadonlySet<string> = new Set(['softmax', 'activation', 'dropout', 'batchNorm'])

function onlySource(graph: Graph, id: string): GraphNode | undefined {
  const [edge, ...more] = graph.edges.filter((e) => e.target === id)
  return edge && more.length === 0 ? findNode(graph, edge.source) : undefined
}
