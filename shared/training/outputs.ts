import { type Edge, findNode, type Graph, type GraphNode, type LayerNode } from '../graph/graph'
import type { Inference } from '../graph/infer'
import { isKnown, type LayerDef, type MaybeShape } from '../layer'
import { layers } from '../layers'
import { type Ending, endingOf } from '../tfjs'
import type { LossType } from './losses'

/** What a loss is computed from: an Output layer, or a layer that feeds nothing. */
export interface NetworkOutput {
  readonly node: LayerNode
  /** The layer that computes it: `node`, or what an Output layer marks. */
  readonly source: LayerNode
  /** Null: that of the training settings. */
  readonly loss: LossType | null
  readonly weight: number
  readonly shape: MaybeShape
  /** Every size is known and nothing is wrong here; `ending` says nothing before. */
  readonly known: boolean
  /** The softmax or sigmoid that `source` ends in. */
  readonly ending: Ending | null
}

type Known = Pick<Inference, 'node'>

/** Which layers feed another, kept per list of wires: moving layers leaves it as it is. */
const feeders = new WeakMap<readonly Edge[], ReadonlySet<string>>()
function feedingOf(edges: readonly Edge[]): ReadonlySet<string> {
  const known = feeders.get(edges)
  if (known) return known
  const feeding = new Set(edges.map((e) => e.source))
  feeders.set(edges, feeding)
  return feeding
}

/** The outputs of a network, in the order of its layers. */
export function outputsOf(graph: Graph, inference: Known): readonly NetworkOutput[] {
  const feeding = feedingOf(graph.edges)
  return graph.nodes.flatMap((node): NetworkOutput[] => {
    if (node.type === 'unknown' || node.type === 'input') return []
    if (node.type !== 'output' && feeding.has(node.id)) return []
    let source: LayerNode = node
    for (const seen = new Set<string>(); isIdentity(source, inference) && !seen.has(source.id); ) {
      seen.add(source.id)
      const before = sourceOf(graph, source.id)
      if (!before || before.type === 'unknown') break
      source = before
    }
    const own = node.type === 'output' ? node.params : ({ loss: 'fromTraining', lossWeight: 1 } as const)
    return [
      {
        node,
        source,
        loss: own.loss === 'fromTraining' ? null : own.loss,
        weight: own.lossWeight,
        shape: inference.node(node.id)?.outputs[0] ?? null,
        known: inference.node(source.id)?.known ?? false,
        ending: endingOf(stackOf(source, inference).at(-1)),
      },
    ]
  })
}

const sourceOf = (graph: Graph, id: string): GraphNode | undefined => {
  const edge = graph.edges.find((e) => e.target === id)
  return edge && findNode(graph, edge.source)
}

/** The tfjs layers of a node; none while its sizes are not known. */
function stackOf(node: LayerNode, inference: Known) {
  const result = inference.node(node.id)
  const def: LayerDef = layers[node.type]
  return result?.known ? def.tfjs(node.params, result.inputs.filter(isKnown)) : []
}

const isIdentity = (node: LayerNode, inference: Known): boolean =>
  node.type !== 'input' && inference.node(node.id)?.known === true && stackOf(node, inference).length === 0

/**
 * Place of the output that accuracy, predictions and the confusion matrix are of: that with the largest loss weight; of several such the
 * one that lies deepest, by the longest path from an input; of several such the first.
 */
export function mainOutput(
  graph: Graph,
  inference: Pick<Inference, 'order'>,
  outputs: readonly NetworkOutput[],
): number {
  const depths = depthsOf(graph, inference.order())
  const depth = (o: NetworkOutput) => depths.get(o.source.id) ?? 0
  let main = 0
  outputs.forEach((o, at) => {
    const best = outputs[main]
    if (best && (o.weight > best.weight || (o.weight === best.weight && depth(o) > depth(best)))) main = at
  })
  return main
}

function depthsOf(graph: Graph, order: readonly string[]): ReadonlyMap<string, number> {
  const sources = new Map<string, string[]>()
  for (const { source, target } of graph.edges) sources.set(target, [...(sources.get(target) ?? []), source])
  const depths = new Map<string, number>()
  for (const id of order) depths.set(id, Math.max(-1, ...(sources.get(id) ?? []).map((s) => depths.get(s) ?? 0)) + 1)
  return depths
}

/**
 * How targets go to several outputs: the whole target to each of them, or its columns in the order of the outputs (numbers only).
 * Null where neither fits. `sizes` are the numbers of elements of the outputs.
 */
export function targetsFor(sizes: readonly number[], targetSize: number, classes: boolean): 'whole' | 'columns' | null {
  if (sizes.every((n) => n === targetSize)) return 'whole'
  return !classes && sizes.reduce((a, b) => a + b, 0) === targetSize ? 'columns' : null
}
