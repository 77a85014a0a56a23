import * as tf from '@tensorflow/tfjs'
import type { Edge, Graph, LayerNode } from '#shared/graph/graph'
import { type Inference, infer } from '#shared/graph/infer'
import type { LayerDef, WeightSpec } from '#shared/layer'
import { isKnown } from '#shared/layer'
import { layers } from '#shared/layers/index'
import { err, ok, type Result } from '#shared/result'
import { type TfjsLayer, tfLayer } from '#shared/tfjs'
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

export interface Compiled {
  readonly model: tf.LayersModel
  /** The softmax or sigmoid at the end, and the same layers without it; null where the network ends otherwise. */
  readonly ending: { readonly activation: Ending; readonly logits: tf.LayersModel } | null
  readonly weights: readonly NamedWeight[]
  readonly inputShape: readonly number[]
  readonly outputShape: readonly number[]
}

/** Builds the tfjs model of a graph without errors, with one input and one output. Dispose of it with `model.dispose()`. */
export function compile(graph: Graph): Result<Compiled, TrainerError> {
  const inference = infer(graph)
  const errors = inference.problems().filter((p) => p.severity === 'error')
  if (errors.length > 0) return invalid(`The network has errors. ${listProblems(graph, errors)}`)
  const ends = findEnds(graph)
  if (!ends.ok) return ends
  try {
    return build(graph, inference, ends.value)
  } catch (e) {
    return invalid(`The network could not be built: ${e instanceof Error ? e.message : String(e)}`)
  }
}

const invalid = (message: string) => err({ code: 'invalidProject', message } as const)

function listProblems(graph: Graph, errors: ReturnType<Inference['problems']>): string {
  const names = new Map(graph.nodes.map((n) => [n.id, n.name]))
  const shown = errors
    .slice(0, 5)
    .map((p) => (p.nodeId ? `${names.get(p.nodeId) ?? p.nodeId}: ${p.message}` : p.message))
  return [...shown, ...(errors.length > 5 ? [`And ${errors.length - 5} more.`] : [])].join(' ')
}

interface Ends {
  readonly input: string
  readonly output: string
}

function findEnds(graph: Graph): Result<Ends, TrainerError> {
  const feeding = new Set(graph.edges.map((e) => e.source))
  const inputs = graph.nodes.filter((n) => n.type === 'input')
  const outputs = graph.nodes.filter((n) => n.type !== 'input' && !feeding.has(n.id))
  const names = (nodes: readonly { name: string }[]) => nodes.map((n) => n.name).join(', ')
  const [input, output] = [inputs[0], outputs[0]]
  if (!input || inputs.length > 1)
    return invalid(`Training needs one input. The network has ${inputs.length} (${names(inputs)}). Keep one of them.`)
  if (!output || outputs.length > 1)
    return invalid(
      `Training needs one output. The network has ${outputs.length} (${names(outputs)}). Merge them, or remove what leads nowhere.`,
    )
  return ok({ input: input.id, output: output.id })
}

function build(graph: Graph, inference: Inference, ends: Ends): Result<Compiled, TrainerError> {
  const nodes = new Map(graph.nodes.map((n) => [n.id, n]))
  const incoming = new Map<string, Edge[]>()
  for (const e of graph.edges) incoming.set(e.target, [...(incoming.get(e.target) ?? []), e])
  const values = new Map<string, tf.SymbolicTensor[]>()
  const weights: NamedWeight[] = []
  const names = new Set<string>()
  let ending: { activation: Ending; logits: tf.SymbolicTensor } | null = null
  for (const id of inference.order()) {
    const node = nodes.get(id) as LayerNode
    const result = inference.node(id)
    const inputs = (result?.inputs ?? []).filter(isKnown)
    if (node.type === 'input') {
      values.set(id, [tf.input({ shape: [...node.params.shape], name: fresh(names, id) })])
      continue
    }
    const edges = (incoming.get(id) ?? []).sort((a, b) => a.targetPort - b.targetPort)
    let x = edges.map((e) => values.get(e.source)?.[e.sourcePort] as tf.SymbolicTensor)
    const def: LayerDef = layers[node.type]
    const stack = def.tfjs(node.params, inputs)
    const split = id === ends.output ? splitEnding(stack) : stack
    const made = compileLayer(split, fresh(names, id), names)
    for (const [i, layer] of made.entries()) {
      const spec = split[i]
      const activation = id === ends.output && spec ? endingOf(spec) : null
      const [logits] = x
      if (activation && logits) ending = { activation, logits }
      const y = layer.apply(x.length === 1 ? (x[0] as tf.SymbolicTensor) : x)
      x = (Array.isArray(y) ? y : [y]) as tf.SymbolicTensor[]
    }
    values.set(id, x)
    const settings = weightSettingsOf(node)
    if (!settings.trainable) freeze(made)
    const named = nameWeights(id, result?.weights ?? [], made, settings)
    if (!named.ok) return named
    weights.push(...named.value)
  }
  const input = values.get(ends.input)?.[0] as tf.SymbolicTensor
  const output = values.get(ends.output)?.[0] as tf.SymbolicTensor
  return ok({
    model: tf.model({ inputs: input, outputs: output }),
    ending: ending && {
      activation: ending.activation,
      logits: tf.model({ inputs: input, outputs: ending.logits }),
    },
    weights,
    inputShape: input.shape.slice(1).map((n) => n ?? 0),
    outputShape: output.shape.slice(1).map((n) => n ?? 0),
  })
}

/** Layer names must be unique within a model. */
function fresh(taken: Set<string>, base: string): string {
  let name = base
  for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
  taken.add(name)
  return name
}

/** The tfjs layers of one node; the first is called `name`. */
export function compileLayer(
  stack: readonly TfjsLayer[],
  name: string,
  taken: Set<string> = new Set(),
): readonly tf.layers.Layer[] {
  return stack.map((spec, i) => create(spec, i === 0 ? name : fresh(taken, `${name}/${i}`)))
}

function create(spec: TfjsLayer, name: string): tf.layers.Layer {
  // tfjs may write into its arguments.
  const args = { ...structuredClone(spec.args), name }
  if ('custom' in spec) return (customLayers[spec.custom] as (a: object) => tf.layers.Layer)(args)
  const layer = (tf.layers[spec.factory] as (a: object) => tf.layers.Layer)(args)
  repair(spec.factory, layer, args)
  return layer
}

type Ending = 'softmax' | 'sigmoid'
const isEnding = (activation: unknown): activation is Ending => activation === 'softmax' || activation === 'sigmoid'

function endingOf(l: TfjsLayer): Ending | null {
  if ('custom' in l) return null
  if (l.factory === 'softmax') return 'softmax'
  return l.factory === 'activation' && isEnding(l.args.activation) ? l.args.activation : null
}

/** A softmax or sigmoid that is part of the last layer becomes a layer of its own, so that training can start from what enters it. */
function splitEnding(stack: readonly TfjsLayer[]): readonly TfjsLayer[] {
  const last = stack.at(-1)
  if (!last || endingOf(last) || !('activation' in last.args) || !isEnding(last.args.activation)) return stack
  const plain = { ...last, args: { ...last.args, activation: 'linear' } } as TfjsLayer
  return [...stack.slice(0, -1), plain, tfLayer('activation', { activation: last.args.activation })]
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
    return invalid(`The weights of ${id} are ${have.join(', ')} in tfjs; expected ${want.join(', ')}.`)
  const layer = made.find((l) => l.weights.length > 0)?.name ?? id
  return ok(
    specs.flatMap((spec, i) => {
      const variable = variables[i]
      const trainable = spec.trainable && settings.trainable
      return variable ? [{ name: `${id}/${spec.name}`, layer, spec: { ...spec, trainable }, variable, settings }] : []
    }),
  )
}
