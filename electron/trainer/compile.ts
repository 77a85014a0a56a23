import * as tf from '@tensorflow/tfjs'
import { type Edge, type Graph, type LayerNode, ownerOf } from '#shared/graph/graph'
import { type Inference, infer } from '#shared/graph/infer'
import type { LayerDef, WeightSpec } from '#shared/layer'
import { isKnown } from '#shared/layer'
import { layers } from '#shared/layers/index'
import { err, ok, type Result } from '#shared/result'
import { type Ending, endingOf, type TfjsLayer, tfLayer } from '#shared/tfjs'
import { phrase } from '#shared/training/failurePhrases'
import { failure } from '#shared/training/failures'
import type { LossType } from '#shared/training/losses'
import { inputsOf } from '#shared/training/misfits'
import { mainOutput, type NetworkOutput, outputsOf } from '#shared/training/outputs'
import { type WeightSettings, weightSettingsOf } from '#shared/training/weightSettings'
import { customLayers } from './layers'
import { freeze } from './layers/freeze'
import { repair } from './layers/repair'
import type { TrainerError } from './protocol'

/** A weight by its canonical name, `<node id>/<name within the layer>`. */
export interface NamedWeight {
  readonly name: string
  readonly layer: string
  readonly spec: WeightSpec
  readonly variable: tf.Variable
  /** How it begins and moves. */
  readonly settings: WeightSettings
}

/** An input or output, called by its node. */
interface Port {
  readonly id: string
  readonly name: string
  /** Without the batch axis. */
  readonly shape: readonly number[]
}

export interface CompiledOutput extends Port {
  /** Id of the layer that computes it: its own, or what an Output layer marks. */
  readonly source: string
  readonly tensor: tf.SymbolicTensor
  /** The softmax or sigmoid that ends it, and what enters that; null where it ends otherwise. */
  readonly ending: { readonly activation: Ending; readonly logits: tf.SymbolicTensor } | null
  /** Null: that of the training settings. */
  readonly loss: LossType | null
  readonly weight: number
}

export interface Compiled {
  /** From all inputs to all outputs, in their order. */
  readonly model: tf.LayersModel
  readonly inputs: readonly Port[]
  readonly outputs: readonly CompiledOutput[]
  /** Place of the output that accuracy and predictions are of. */
  readonly main: number
  readonly weights: readonly NamedWeight[]
  /** What comes out of each node, by its id and port, in the order of the network. */
  readonly values: ReadonlyMap<string, readonly tf.SymbolicTensor[]>
  readonly graph: Graph
  readonly inference: Inference
}

/**
 * Builds the tfjs model of a graph without errors. Every Output layer and every layer that feeds nothing is an output; layers that share
 * weights are one tfjs layer, applied several times. Dispose of it with `dispose`.
 */
export function compile(graph: Graph): Result<Compiled, TrainerError> {
  const inference = infer(graph)
  const errors = inference.problems().filter((p) => p.severity === 'error')
  if (errors.length > 0) return invalid(failure('networkErrors', { problems: listProblems(graph, errors) }))
  const outputs = outputsOf(graph, inference)
  if (outputs.length === 0) return invalid(failure('noLayers', {}))
  try {
    return build(graph, inference, outputs)
  } catch (e) {
    return invalid(failure('notBuilt', { reason: e instanceof Error ? e.message : String(e) }))
  }
}

export const dispose = ({ model }: Compiled): void => disposeNetwork(model)

/** Frees the weights. A layer counts how often it is applied, and lets go with the last. */
export function disposeNetwork(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    let uses = layer.dispose().refCountAfterDispose
    while (uses > 0) uses = layer.dispose().refCountAfterDispose
  }
}

const invalid = (message: string) => err({ code: 'invalidProject', message } as const)

/** One on a line, so that they can be told apart again. */
function listProblems(graph: Graph, errors: ReturnType<Inference['problems']>): string {
  const names = new Map(graph.nodes.map((n) => [n.id, n.name]))
  const shown = errors
    .slice(0, 5)
    .map((p) => (p.nodeId ? `${names.get(p.nodeId) ?? p.nodeId}: ${p.message}` : p.message))
  return [...shown, ...(errors.length > 5 ? [phrase('andMore', { count: errors.length - 5 })] : [])].join('\n')
}

function build(graph: Graph, inference: Inference, outputs: readonly NetworkOutput[]): Result<Compiled, TrainerError> {
  const nodes = new Map(graph.nodes.map((n) => [n.id, n]))
  const incoming = new Map<string, Edge[]>()
  for (const e of graph.edges) incoming.set(e.target, [...(incoming.get(e.target) ?? []), e])
  const values = new Map<string, readonly tf.SymbolicTensor[]>()
  const logits = new Map<string, tf.SymbolicTensor>()
  const weights: NamedWeight[] = []
  const names = new Set<string>()
  const made = new Map<string, Made>()
  const ends = endsToSplit(outputs)
  for (const id of inference.order()) {
    const node = nodes.get(id) as LayerNode
    const result = inference.node(id)
    const inputs = (result?.inputs ?? []).filter(isKnown)
    if (node.type === 'input') {
      values.set(id, [tf.input({ shape: [...node.params.shape], name: fresh(names, id) })])
      continue
    }
    const edges = (incoming.get(id) ?? []).sort((a, b) => a.targetPort - b.targetPort)
    const fed = new Set<tf.SymbolicTensor>()
    let x = edges.map((e) => alone(values.get(e.source)?.[e.sourcePort] as tf.SymbolicTensor, fed, names))
    const def: LayerDef = layers[node.type]
    const stack = def.tfjs(node.params, inputs)
    const specs = ends.has(ownerOf(node)) ? splitEnding(stack) : stack
    const owned = made.get(ownerOf(node))
    const own = compileLayer(specs, fresh(names, id), names, owned)
    if (!owned) made.set(ownerOf(node), { specs, layers: own })
    for (const [i, layer] of own.entries()) {
      const [only] = x
      if (endingOf(specs[i]) && only) logits.set(id, only)
      const y = layer.apply(x.length === 1 ? (x[0] as tf.SymbolicTensor) : x)
      x = (Array.isArray(y) ? y : [y]) as tf.SymbolicTensor[]
    }
    values.set(id, x)
    if (owned && own.some((layer) => layer.weights.length > 0 && !owned.layers.includes(layer)))
      return invalid(failure('sharedInputs', { layer: node.name, owner: ownerOf(node) }))
    const settings = weightSettingsOf(nodes.get(ownerOf(node)) ?? node)
    if (!owned && !settings.trainable) freeze(own)
    const named = nameWeights(ownerOf(node), result?.weights ?? [], own, settings)
    if (!named.ok) return named
    if (!owned) weights.push(...named.value)
  }
  const inputs = inputsOf(graph).map(({ id, name }) => portOf(id, name, values, inference))
  const taken = new Set<tf.SymbolicTensor>()
  const compiled = outputs.map((o): CompiledOutput => {
    const { loss, node, source, weight } = o
    const port = portOf(node.id, node.name, values, inference)
    const before = o.ending && logits.get(source.id)
    return {
      ...port,
      source: source.id,
      tensor: alone(port.tensor, taken, names),
      ending: o.ending && before ? { activation: o.ending, logits: before } : null,
      loss,
      weight,
    }
  })
  return ok({
    model: tf.model({ inputs: inputs.map((i) => i.tensor), outputs: compiled.map((o) => o.tensor) }),
    inputs,
    outputs: compiled,
    main: mainOutput(graph, inference, outputs),
    weights,
    values,
    graph,
    inference,
  })
}

function portOf(id: string, name: string, values: Compiled['values'], inference: Inference) {
  const tensor = values.get(id)?.[0] as tf.SymbolicTensor
  // Not the tensor's own: tfjs leaves sizes open that follow from others.
  const shape = (inference.node(id)?.outputs[0] ?? []).map((n) => n ?? 0)
  return { id, name, tensor, shape }
}

/**
 * A model names each tensor once among its outputs, and frees one that enters a layer twice too early: what is `taken` already passes through
 * an identity.
 */
function alone(tensor: tf.SymbolicTensor, taken: Set<tf.SymbolicTensor>, names: Set<string>): tf.SymbolicTensor {
  if (!taken.has(tensor)) {
    taken.add(tensor)
    return tensor
  }
  const identity = tf.layers.activation({ activation: 'linear', name: fresh(names, `${tensor.name}/again`) })
  return identity.apply(tensor) as tf.SymbolicTensor
}

/** Layer names must be unique within a model. */
function fresh(taken: Set<string>, base: string): string {
  let name = base
  for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
  taken.add(name)
  return name
}

/** The layers of a node whose weights others share. */
interface Made {
  readonly specs: readonly TfjsLayer[]
  readonly layers: readonly tf.layers.Layer[]
}

/** The tfjs layers of one node; the first is called `name`. Those of `shared` are taken again where they are alike. */
export function compileLayer(
  stack: readonly TfjsLayer[],
  name: string,
  taken: Set<string> = new Set(),
  shared?: Made,
): readonly tf.layers.Layer[] {
  return stack.map((spec, i) => {
    const again = shared?.layers[i]
    if (again && JSON.stringify(shared.specs[i]) === JSON.stringify(spec)) return again
    return create(spec, i === 0 ? name : fresh(taken, `${name}/${i}`))
  })
}

function create(spec: TfjsLayer, name: string): tf.layers.Layer {
  // tfjs may write into its arguments.
  const args = { ...structuredClone(spec.args), name }
  if ('custom' in spec) return (customLayers[spec.custom] as (a: object) => tf.layers.Layer)(args)
  const layer = (tf.layers[spec.factory] as (a: object) => tf.layers.Layer)(args)
  repair(spec.factory, layer, args)
  return layer
}

/** The nodes whose softmax or sigmoid a loss may leave out; all that share the weights of one are split alike. */
const endsToSplit = (outputs: readonly NetworkOutput[]): ReadonlySet<string> =>
  new Set(outputs.map((o) => ownerOf(o.source)))

/** A softmax or sigmoid that is part of the last layer becomes a layer of its own, so that training can start from what enters it. */
function splitEnding(stack: readonly TfjsLayer[]): readonly TfjsLayer[] {
  const last = stack.at(-1)
  const activation = endingOf(last)
  if (!last || !activation || ('factory' in last && (last.factory === 'softmax' || last.factory === 'activation')))
    return stack
  const plain = { ...last, args: { ...last.args, activation: 'linear' } } as TfjsLayer
  return [...stack.slice(0, -1), plain, tfLayer('activation', { activation })]
}

/** Pairs a node's declared weights with the variables of the layers that compute it. */
function nameWeights(
  id: string,
  specs: readonly WeightSpec[],
  made: readonly tf.layers.Layer[],
  settings: WeightSettings,
): Result<readonly NamedWeight[], TrainerError> {
  const variables = made.flatMap((layer) => layer.weights.map((w) => w.read() as tf.Variable))
  const [want, have] = [specs.map((s) => s.shape.join('×')), variables.map((v) => v.shape.join('×'))]
  if (want.join() !== have.join())
    return invalid(failure('otherWeights', { layer: id, received: have.join(', '), wanted: want.join(', ') }))
  const layer = made.find((l) => l.weights.length > 0)?.name ?? id
  return ok(
    specs.flatMap((spec, i) => {
      const variable = variables[i]
      const trainable = spec.trainable && settings.trainable
      return variable ? [{ name: `${id}/${spec.name}`, layer, spec: { ...spec, trainable }, variable, settings }] : []
    }),
  )
}
