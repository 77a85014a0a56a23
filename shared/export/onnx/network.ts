import type { Edge, Graph, LayerNode } from '../../graph/graph'
import { ownerOf } from '../../graph/graph'
import { infer } from '../../graph/infer'
import { isKnown, type LayerDef } from '../../layer'
import { layers } from '../../layers'
import { outputsOf } from '../../training/outputs'
import { weightSettingsOf } from '../../training/weightSettings'
import { type Mode, OnnxGraph, type Value } from './graph'

/** An input or output; channels last, without the batch axis. */
export interface OnnxPort {
  readonly name: string
  readonly shape: readonly number[]
}
export interface OnnxNetwork {
  readonly graph: OnnxGraph
  /** What comes out of each node, by its id. */
  readonly values: ReadonlyMap<string, Value>
  readonly inputs: readonly OnnxPort[]
  readonly outputs: readonly OnnxPort[]
}

/**
 * The operators of a graph without errors. Inputs and outputs are called by the ids of their nodes, channels last.
 */
export function onnxNetwork(graph: Graph, mode: Mode = 'file'): OnnxNetwork {
  const inference = infer(graph)
  const g = new OnnxGraph(mode)
  const nodes = new Map(graph.nodes.map((n) => [n.id, n]))
  const incoming = new Map<string, Edge[]>()
  for (const e of graph.edges) incoming.set(e.target, [...(incoming.get(e.target) ?? []), e])
  const values = new Map<string, Value>()
  const inputs: OnnxPort[] = []
  const ends = outputsOf(graph, inference).map((o) => o.node.id)
  const ids = [...graph.nodes.filter((n) => n.type === 'input').map((n) => n.id), ...ends]
  for (const id of ids) g.fresh(id)
  for (const id of inference.order()) {
    const node = nodes.get(id) as LayerNode
    const result = inference.node(id)
    const [shape = null] = result?.outputs ?? []
    if (!isKnown(shape)) continue
    const weights = (result?.weights ?? []).map((w) => [w.name, w.shape.filter((n) => n !== null)] as const)
    const owner = nodes.get(ownerOf(node)) ?? node
    g.enter(id, owner.id, Object.fromEntries(weights), !weightSettingsOf(owner).trainable)
    if (node.type === 'input') {
      inputs.push({ name: id, shape })
      g.feed(id, shape)
      values.set(id, { name: id, shape, layout: 'last' })
      continue
    }
    const [first, ...others] = (incoming.get(id) ?? [])
      .toSorted((a, b) => a.targetPort - b.targetPort)
      .flatMap((e) => values.get(e.source) ?? [])
    if (!first) continue
    const def: LayerDef = layers[node.type]
    values.set(id, def.onnx(g, [first, ...others], node.params, shape))
  }
  const outputs = ends.flatMap((id): OnnxPort[] => {
    const value = values.get(id)
    if (!value) return []
    g.enter(id, id, {})
    g.deliver(g.last(value).name, id)
    return [{ name: id, shape: value.shape }]
  })
  return { graph: g, values, inputs, outputs }
}
