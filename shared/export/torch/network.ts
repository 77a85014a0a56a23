import type { Edge, Graph, LayerNode } from '../../graph/graph'
import { ownerOf } from '../../graph/graph'
import { infer } from '../../graph/infer'
import { isKnown, type LayerDef } from '../../layer'
import { layers } from '../../layers'
import { err, ok, type Result } from '../../result'
import { endingOf } from '../../tfjs'
import { type LossType, losses } from '../../training/losses'
import { mainOutput, outputsOf } from '../../training/outputs'
import { type Step, TorchGraph, type TorchValue } from './graph'

/** An input or output; `shape` is that of the drawing: channels last, without the batch axis. */
export interface TorchPort {
  readonly id: string
  readonly name: string
  readonly shape: readonly number[]
  readonly value: TorchValue
}
export interface TorchOutput extends TorchPort {
  readonly loss: LossType
  readonly weight: number
  /** Makes the run's output of what the forward method returns: its softmax or sigmoid, where the loss starts before it. */
  readonly ending: Step | null
}
export interface TorchNetwork {
  readonly steps: readonly Step[]
  readonly inputs: readonly TorchPort[]
  readonly outputs: readonly TorchOutput[]
  /** Place of the output that accuracy and predictions are of. */
  readonly main: number
}

/**
 * The steps of a graph without errors. Maps come with their channels first; sequences and vectors as they are. `loss` is that of outputs
 * without one of their own. The error says which layer cannot be written.
 */
export function torchNetwork(graph: Graph, loss: LossType): Result<TorchNetwork, string> {
  // What lays maps out as vectors does so in PyTorch's order, until something behind it turns out to want the drawing's.
  const drawn = new Set<string>()
  for (;;) {
    const { network, refused, wanted } = emit(graph, loss, drawn)
    if (refused[0] !== undefined) return err(refused[0])
    const fresh = [...wanted].filter((id) => !drawn.has(id))
    if (fresh.length === 0) return ok(network)
    for (const id of fresh) drawn.add(id)
  }
}

function emit(graph: Graph, loss: LossType, drawn: ReadonlySet<string>) {
  const inference = infer(graph)
  const g = new TorchGraph(drawn)
  const nodes = new Map(graph.nodes.map((n) => [n.id, n]))
  const shared = new Set(graph.nodes.flatMap((n) => (n.sharedWith === undefined ? [] : [n.sharedWith])))
  const incoming = new Map<string, Edge[]>()
  for (const e of graph.edges) incoming.set(e.target, [...(incoming.get(e.target) ?? []), e])
  const values = new Map<string, TorchValue>()
  const inputs: TorchPort[] = []
  for (const id of inference.order()) {
    const node = nodes.get(id) as LayerNode
    const result = inference.node(id)
    const [shape = null] = result?.outputs ?? []
    if (!isKnown(shape)) continue
    const owner = ownerOf(node)
    const weights = (result?.weights ?? []).map((w) => [w.name, w.shape.filter((n) => n !== null)] as const)
    g.enter({
      id,
      owner,
      name: nodes.get(owner)?.name ?? node.name,
      group: node.group,
      weights: Object.fromEntries(weights),
      shared: shared.has(owner),
    })
    if (node.type === 'input') {
      const value = g.value({ shape, layout: shape.length > 2 ? 'first' : 'last' })
      inputs.push({ id, name: node.name, shape, value })
      values.set(id, value)
      continue
    }
    const [first, ...others] = (incoming.get(id) ?? [])
      .toSorted((a, b) => a.targetPort - b.targetPort)
      .flatMap((e) => values.get(e.source) ?? [])
    if (!first) continue
    if (g.shared) g.agree(first)
    const def: LayerDef = layers[node.type]
    values.set(id, def.pytorch(g, [first, ...others], node.params, shape))
  }
  const ends = outputsOf(graph, inference)
  const outputs = ends.flatMap((o): TorchOutput[] => {
    const value = values.get(o.node.id)
    if (!value) return []
    const own = o.loss ?? loss
    const step = g.steps.find((s) => s.output.id === value.id)
    const stack = layers[o.source.type] as LayerDef
    const ending = endingOf(
      stack.tfjs(o.source.params, (inference.node(o.source.id)?.inputs ?? []).filter(isKnown)).at(-1),
    )
    const strips = ending !== null && losses[own].logitsOf === ending && step?.how.kind === 'function'
    const before = strips ? step.inputs[0] : undefined
    const port = { id: o.node.id, name: o.node.name, shape: value.shape, loss: own, weight: o.weight }
    return [{ ...port, value: g.natural(before ?? value), ending: before ? (step ?? null) : null }]
  })
  const network: TorchNetwork = { steps: g.steps, inputs, outputs, main: mainOutput(graph, inference, ends) }
  return { network, refused: g.refused, wanted: g.wanted }
}
