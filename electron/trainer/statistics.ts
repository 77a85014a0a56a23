import type * as tf from '@tensorflow/tfjs'
import type { GraphNode } from '#shared/graph/graph'
import type { LayerStatistics, StatisticsEvent } from '#shared/training/run'
import type { NamedWeight } from './compile'
import type { Forward } from './forward'
import { changeOf, describe, mark, sumOfSquares } from './layerFigures'
import type { StepWatch } from './model'
import type { Training } from './training'

/** Between two events, in milliseconds; near the end of an epoch a quarter of it. */
const EVERY = 2000
/** What the figures of an event cost may be this share of the time until the next. */
const SHARE = 1 / 20
/** A unit is dead when it is 0 for that many samples. */
const PROBE = 64

/** Functions whose output and gradient are 0 for part of their inputs: a unit that lies there for every sample learns no more. */
const dying: ReadonlySet<unknown> = new Set(['relu', 'relu6', 'thresholdedRelu'])
const endsInRelu = ({ params }: GraphNode): boolean =>
  dying.has('activation' in params ? params.activation : 'function' in params ? params.function : null)

/**
 * Watches how layers do from within steps of the training: the activations of its own batches, so that nothing is computed for it alone
 * and no random number is drawn.
 */
export class Statistics {
  private readonly weights = new Map<string, NamedWeight[]>()
  /** Per node that ends in ReLU: which units were not 0. */
  private readonly alive: ReadonlyMap<string, { units: Uint8Array | null }>
  private readonly network: Forward
  private samples = 0
  private last = Number.NEGATIVE_INFINITY
  private cost = 0
  /** Of the step at work, where it is the one to be told of. */
  private seen: { readonly before: ReadonlyMap<string, Float32Array>; readonly squares: Map<string, number> } | null =
    null

  constructor(private readonly training: Training) {
    const { job, prepared } = training
    const { compiled } = prepared.model
    for (const weight of compiled.weights.filter((w) => w.spec.trainable))
      this.weights.set(nodeOf(weight), [...(this.weights.get(nodeOf(weight)) ?? []), weight])
    const relus = job.project.graph.nodes.filter((n) => endsInRelu(n) && compiled.values.has(n.id))
    this.alive = new Map(relus.map(({ id }) => [id, { units: null }]))
    this.network = prepared.model.withOutputsOf([...this.alive.keys()])
  }

  /** What to watch of the next step; nothing most of the time. */
  watch(): StepWatch | undefined {
    const { at, config, stepsPerEpoch } = this.training
    const { batchSize, epochs } = config
    const left = stepsPerEpoch - at.stepInEpoch
    const nearEnd = left * batchSize <= Math.max(PROBE, batchSize)
    const wait = Math.max(EVERY, this.cost / SHARE) * (nearEnd ? 0.25 : 1)
    if (performance.now() - this.last < wait && !(nearEnd && at.epoch + 1 === epochs)) return undefined
    if (this.samples === 0) this.cost = 0
    const complete = this.samples + batchSize >= PROBE || left === 1
    this.seen = complete ? { before: this.timed(() => this.values()), squares: new Map() } : null
    this.samples += batchSize
    return {
      network: this.network,
      outputs: (tensors) => this.timed(() => this.look(tensors)),
      gradient: (weight, gradient) => this.timed(() => this.addSquares(weight, gradient)),
    }
  }

  /** After a step: tells of it where it was the one. Those at the end of an epoch stay with the run. */
  tell(): void {
    const { seen, training } = this
    if (!seen) return
    const { at, emit, stepsPerEpoch } = training
    const layers = this.timed(() => this.figures(seen.before, seen.squares))
    const event: StatisticsEvent = { kind: 'statistics', epoch: at.epoch + 1, step: at.step, layers }
    if (at.stepInEpoch === stepsPerEpoch) training.tell(event)
    else emit(event)
    this.seen = null
    this.samples = 0
    this.last = performance.now()
    for (const found of this.alive.values()) found.units = null
  }

  private look(tensors: readonly tf.Tensor[]): void {
    const found = [...this.alive.values()]
    tensors.forEach((tensor, i) => {
      const units = tensor.shape.at(-1) ?? 1
      const of = found[i]
      if (!of) return
      of.units ??= new Uint8Array(units)
      mark(tensor.dataSync() as Float32Array, of.units)
    })
  }

  private addSquares(weight: NamedWeight, gradient: tf.Tensor): void {
    const node = nodeOf(weight)
    this.seen?.squares.set(node, (this.seen.squares.get(node) ?? 0) + sumOfSquares(gradient.dataSync() as Float32Array))
  }

  private values(): Map<string, Float32Array> {
    const all = this.training.prepared.model.weights()
    const own = [...this.weights.values()].flat().map((w) => w.name)
    // A copy: some engines change arrays in place.
    return new Map(own.map((name) => [name, Float32Array.from(all.get(name)?.values ?? [])]))
  }

  private figures(before: ReadonlyMap<string, Float32Array>, squares: ReadonlyMap<string, number>): LayerStatistics[] {
    const after = this.values()
    return [...this.training.prepared.model.compiled.values.keys()].flatMap((node) => {
      const own = this.weights.get(node)
      const units = this.alive.get(node)?.units ?? null
      if (!own && !units) return []
      const square = squares.get(node)
      const arrays = (of: ReadonlyMap<string, Float32Array>) => own?.flatMap(({ name }) => of.get(name) ?? []) ?? []
      return [
        {
          node,
          weights: own ? describe(arrays(after), square === undefined ? null : Math.sqrt(square)) : null,
          update: own ? changeOf(arrays(before), arrays(after)) : null,
          dead: units && units.reduce((dead, lives) => dead + (lives ? 0 : 1), 0) / units.length,
        },
      ]
    })
  }

  /** Counts what the figures cost. */
  private timed<T>(work: () => T): T {
    const start = performance.now()
    const result = work()
    this.cost += performance.now() - start
    return result
  }
}

const nodeOf = ({ name }: NamedWeight): string => name.slice(0, name.indexOf('/'))
