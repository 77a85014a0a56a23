import { type Attribute, attribute } from './binding'
import { type GraphNode, TensorFlowGraph } from './graph'
import type { Traced } from './trace'

/** Activations that only cut off, by their operators: where they do, and what computes their gradient. From 0 on, all of them. */
const activations: ReadonlyMap<string, { readonly gradient: string; readonly most: number }> = new Map([
  ['Relu', { gradient: 'ReluGrad', most: Number.POSITIVE_INFINITY }],
  ['Relu6', { gradient: 'Relu6Grad', most: 6 }],
])
const gradients = new Set([...activations.values()].map((a) => a.gradient))

/** Attributes of our operators that can cut off: as they are before a graph has an activation in it. */
export const uncut: readonly Attribute[] = [
  attribute.float('least', Number.NEGATIVE_INFINITY),
  attribute.float('most', Number.POSITIVE_INFINITY),
]

/** Our operators that can cut off what they give: see `operators/batchNorm.cc` and `operators/convolution.cc`. */
const cutting = ['NetloomBatchNorm', 'NetloomConvolution']

/**
 * The same computation, where our operators cut off what activations after them would, and where gradients do the same to what comes back:
 * those of batch normalizations before an activation, and of max pooling behind one. Passes over memory less. Values that somebody else
 * takes, too, are still computed.
 */
export function fuseActivations({ graph, inputs, results }: Traced): Traced {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]))
  const takers = count([...graph.nodes.flatMap((node) => node.input), ...results.values()])
  const taken = (name = '', op: (op: string) => boolean) => {
    const node = byName.get(name)
    return node && op(node.op) && takers.get(name) === 1 ? node : undefined
  }
  /** Names of activations and their gradients, and of what gives their values now. */
  const instead = new Map<string, string>()
  const replaced = new Map<string, GraphNode>()
  const replace = (node: GraphNode, activation: GraphNode, input: readonly string[]) => {
    const most = activations.get(activation.op)?.most
    replaced.set(node.name, { ...node, input, attr: { ...node.attr, least: { f: 0 }, most: { f: most } } })
  }
  const gone = new Set<string>()

  for (const node of graph.nodes) {
    const [first, ...others] = node.input
    if (activations.has(node.op)) {
      const before = taken(first, (op) => cutting.includes(op))
      if (!before) continue
      replace(before, node, before.input)
      instead.set(node.name, before.name)
      gone.add(node.name)
    } else if (gradients.has(node.op)) {
      // What is cut off has one value only, so if the largest in a window is not, nothing is that has a gradient.
      const pooling = taken(first, (op) => op === 'NetloomMaxPoolGrad')
      const activation = byName.get(others[0] ?? '')
      const own = activation && activations.get(activation.op)?.gradient === node.op
      if (!pooling || !own || pooling.input[1] !== activation.name) continue
      replace(pooling, activation, pooling.input)
      instead.set(node.name, pooling.name)
      gone.add(node.name)
    } else if (node.op === 'NetloomBatchNormGrad') {
      const back = taken(first, (op) => gradients.has(op))
      const activation = byName.get(back?.input[1] ?? '')
      // The gradient is that of the normalization whose mean it takes.
      const own = back && activation && activations.get(activation.op)?.gradient === back.op
      if (!own || gone.has(back.name) || `${activation.input[0]}:1` !== node.input[4]) continue
      replace(node, activation, [back.input[0] ?? '', ...others])
      gone.add(back.name)
    }
  }

  const renamed = (name: string): string => instead.get(name) ?? name
  const nodes = graph.nodes
    .filter((node) => !gone.has(node.name))
    .map((node) => replaced.get(node.name) ?? node)
    .map((node) => ({ ...node, input: node.input.map(renamed) }))
  return {
    graph: new TensorFlowGraph(nodes),
    inputs,
    results: new Map([...results].map(([name, tensor]) => [name, renamed(tensor)])),
  }
}

function count(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
