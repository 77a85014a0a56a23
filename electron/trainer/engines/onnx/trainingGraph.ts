import type { OnnxGraph, Value } from '#shared/export/onnx/graph'
import { onnxNetwork } from '#shared/export/onnx/network'
import { formulas } from '#shared/training/formulas'
import { losses } from '#shared/training/losses'
import { takeStep } from '#shared/training/movement'
import { slopes } from '#shared/training/slopes'
import { movedWeights } from '../../movedWeight'
import type { Task } from '../engine'
import type { Head } from '../head'
import { operators } from './algebra'
import { differentiate } from './differentiate'

/** What the graph of a step is fed with, besides what every graph for training is, and what comes of it. */
export interface Movement {
  readonly rate: string
  readonly corrections: readonly string[]
  /** Slots by `<weight>/<place>`: as they are fed, and as they are afterwards. */
  readonly slots: ReadonlyMap<string, { readonly before: string; readonly after: string }>
  readonly weights: ReadonlyMap<string, string>
  /** What the regularisers add to the loss. */
  readonly penalty: string | null
}

/** Forward, backward and, in a whole step, the optimizer, for batches of one size. Everything is called by the names of tensors. */
export interface TrainingGraph {
  readonly g: OnnxGraph
  readonly inputs: readonly string[]
  readonly targets: readonly string[]
  readonly sampleWeights: string
  readonly outputs: readonly string[]
  /** By weight; of a whole step with those of the regularisers. */
  readonly gradients: ReadonlyMap<string, string>
  /** Moving statistics by weight. */
  readonly moved: ReadonlyMap<string, string>
  readonly watched: readonly Value[]
  readonly movement: Movement | null
}

export function trainingGraph(task: Task, batch: number, watched: readonly string[], whole: boolean): TrainingGraph {
  const { compiled, heads } = task
  const { graph: g, inputs, values } = onnxNetwork(compiled.graph, { batch })
  g.enter('loss', 'loss', {})
  const sampleWeights = g.fresh('sampleWeights')
  g.feed(sampleWeights, [1])
  const starts = heads.map((head) => g.last(startOf(g, values, head)))
  const targets = heads.map(({ size }) => {
    const name = g.fresh('target')
    g.feed(name, [size])
    return name
  })
  const seeds = heads.flatMap(({ loss, size, weight }, i) => {
    const [start, target] = [starts[i], targets[i]]
    if (!start || !target || weight === 0) return []
    const slope = slopes[loss](operators(g), g.reshape(start, [size]).name, target, size)
    const scaled = g.op('Mul', [slope, g.op('Mul', [sampleWeights, g.floats([weight / batch])])])
    return [[start.name, g.op('Reshape', [scaled, g.ints(g.sizeOf(start.name))])] as const]
  })
  const trained = compiled.weights.filter((w) => w.spec.trainable).map((w) => w.name)
  const found = differentiate(g, seeds, trained)
  const { gradients, movement } = whole ? moving(g, task, found) : { gradients: found, movement: null }
  return {
    g,
    inputs: inputs.map((i) => i.name),
    targets,
    sampleWeights,
    outputs: starts.map((s) => s.name),
    gradients,
    moved: new Map(g.moved.map(({ value, weight }) => [weight, value])),
    watched: watched.flatMap((id) => values.get(id) ?? []),
    movement,
  }
}

/** Adds the optimizer. */
function moving(g: OnnxGraph, { compiled, config, slots }: Task, found: ReadonlyMap<string, string>) {
  const number = () => {
    const name = g.fresh('number')
    g.declare(name, [])
    return name
  }
  const rate = number()
  const { optimizer } = config
  const corrections = formulas[optimizer].corrections(1).map(number)
  const fed = new Map<string, { before: string; after: string }>()
  const parts = movedWeights(compiled.weights, config).flatMap(({ movement, name, variable }) => {
    const gradient = found.get(name)
    if (gradient === undefined) return []
    const own = (slots.get(name) ?? []).map(() => {
      const slot = g.fresh('slot')
      g.declare(slot, variable.shape)
      return slot
    })
    return [{ name, weight: name, gradient, slots: own, movement }]
  })
  const done = takeStep(operators(g), config, parts, { rate, corrections })
  // Two results that are one tensor, or fed ones, could not be handed out.
  const handed = new Set([...parts.flatMap((p) => [p.weight, ...p.slots]), ...done.gradients])
  const own = (tensor: string) => {
    const name = handed.has(tensor) ? g.op('Identity', [tensor]) : tensor
    handed.add(name)
    return name
  }
  const weights = new Map<string, string>()
  parts.forEach(({ name, slots: before }, i) => {
    const moved = done.moved[i]
    if (!moved) return
    weights.set(name, own(moved.weight))
    before.forEach((slot, at) => {
      fed.set(`${name}/${at}`, { before: slot, after: own(moved.slots[at] ?? slot) })
    })
  })
  const movement: Movement = { rate, corrections, slots: fed, weights, penalty: done.penalty }
  return { gradients: new Map(parts.map(({ name }, i) => [name, done.gradients[i] ?? ''])), movement }
}

/** Where the loss starts: before the softmax or sigmoid that ends an output, if it wants what enters that. */
export function startOf(g: OnnxGraph, values: ReadonlyMap<string, Value>, { loss, source }: Head): Value {
  const value = values.get(source)
  if (!value) throw new Error(`The layer ${source} computes nothing.`)
  const ending = { softmax: 'Softmax', sigmoid: 'Sigmoid' } as const
  const { logitsOf } = losses[loss]
  const last = g.nodes.find((n) => n.outputs.includes(value.name))
  const before = logitsOf && last?.op === ending[logitsOf] ? last.inputs[0] : undefined
  return before === undefined ? value : { ...value, name: before }
}
