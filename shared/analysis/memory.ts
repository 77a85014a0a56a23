import type { Graph } from '../graph/graph'
import type { Inference } from '../graph/infer'
import { elements, isKnown, type MaybeShape } from '../layer'
import { layers } from '../layers'

/** Bytes of float32 for one sample; layers with unknown sizes count as nothing. */
export interface Memory {
  /** What is held at once while predicting, at most: outputs that some later layer still needs. Weights not included. */
  readonly forward: number
  /** What training keeps for the backward pass: the outputs of all layers. */
  readonly backward: number
  /** Bytes read and written: every layer's inputs, weights and outputs. */
  readonly traffic: number
}

const BYTES = 4
const sizeOf = (shapes: readonly MaybeShape[]): number =>
  BYTES * shapes.reduce((sum, s) => sum + (isKnown(s) ? elements(s) : 0), 0)

/** Memory of a network, layer by layer in the order of computation. Views and identities hold and move nothing of their own. */
export function memoryOf(graph: Graph, inference: Inference): Memory {
  const order = inference.order()
  const place = new Map(order.map((id, i) => [id, i]))
  const views = new Set(graph.nodes.flatMap((n) => (n.type !== 'unknown' && layers[n.type].view ? [n.id] : [])))
  const lastUse = order.map((_, i) => i)
  // From the end, so that what uses a view uses what the view looks at.
  const uses = new Map<string, string[]>(order.map((id) => [id, []]))
  for (const e of graph.edges) uses.get(e.target)?.push(e.source)
  for (let i = order.length - 1; i >= 0; i--) {
    const id = order[i] ?? ''
    const until = views.has(id) ? (lastUse[i] ?? i) : i
    for (const source of uses.get(id) ?? []) {
      const at = place.get(source)
      if (at !== undefined) lastUse[at] = Math.max(lastUse[at] ?? 0, until)
    }
  }
  const freed = new Map<number, number>()
  let [held, forward, traffic] = [0, 0, 0]
  order.forEach((id, i) => {
    const result = inference.node(id)
    if (!result?.known) return
    const isInput = result.inputs.length === 0
    const own = views.has(id) && !isInput ? 0 : sizeOf(result.outputs)
    if (!views.has(id)) traffic += sizeOf(result.inputs) + result.totals.weightBytes + own
    held += own
    forward = Math.max(forward, held)
    const until = lastUse[i] ?? i
    freed.set(until, (freed.get(until) ?? 0) + own)
    held -= freed.get(i) ?? 0
  })
  return { forward, backward: inference.totals.activationBytes, traffic }
}
