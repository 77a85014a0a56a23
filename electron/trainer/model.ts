import * as tf from '@tensorflow/tfjs'
import { sampleWeights } from '#shared/training/classWeights'
import type { TrainingConfig } from '#shared/training/config'
import type { LossType } from '#shared/training/losses'
import { type Normalization, normalize } from '#shared/training/normalization'
import { Accumulator } from './accumulator'
import { type Compiled, dispose, type NamedWeight } from './compile'
import type { DataSet } from './data/dataSet'
import type { Batch, Compute, Engine } from './engines/engine'
import { feed } from './feed'
import { Forward } from './forward'
import { initialize } from './initialize'
import { type MovedWeight, movedWeights } from './movedWeight'
import { Objective } from './objective'
import { emptySlots, Optimizer } from './optimizer'
import { Penalty } from './penalty'

/** Flat arrays by canonical name. */
export type Arrays = ReadonlyMap<string, { readonly values: Float32Array; readonly shape: readonly number[] }>

/** What the network said about a batch: outputs of the last layer, or what enters its softmax. */
export interface StepResult {
  readonly loss: number
  /** Of each output by itself, before its weight; NaN for one that has no part in the training. */
  readonly losses: number[]
  readonly outputs: Float32Array
}

/** Sees a step from within, and leaves it as it is. */
export interface StepWatch {
  /** From `withOutputsOf`; the outputs of the nodes are told. */
  readonly network: Forward
  outputs(values: readonly tf.Tensor[]): void
  /** Of every weight that is trained, before the step. */
  gradient(weight: NamedWeight, gradient: tf.Tensor): void
}

/** What a model has to know of its data. */
export interface Fed extends Pick<DataSet, 'inputShape' | 'targetSize'> {
  readonly normalization?: Normalization | undefined
  /** How much a sample of each class counts in training; absent or null: all the same. */
  readonly classWeights?: readonly number[] | null
}

/** A compiled network with its loss and optimizer. */
export class Model {
  readonly optimizer: Optimizer
  private readonly trainable: readonly MovedWeight[]
  private readonly objective: Objective
  private readonly regularisers: Penalty
  private readonly accumulator = new Accumulator()
  /** Where the engine computes networks as a whole. */
  private readonly compute: Compute | null
  /** What the losses are computed from: all layers, or all but a softmax or sigmoid where a loss starts before it. */
  private readonly trained: Forward

  /** `data`: the shape of samples, the numbers of a target, and how values are normalised; by default those that the first input and the main output take. */
  constructor(
    readonly compiled: Compiled,
    engine: Engine,
    private readonly config: TrainingConfig,
    private readonly data: Fed = natural(compiled),
  ) {
    this.trainable = movedWeights(compiled.weights, config)
    const slots = emptySlots(this.trainable, config)
    this.optimizer = new Optimizer(this.trainable, engine, config, slots, () => this.compute?.release?.('slots'))
    this.regularisers = new Penalty(this.trainable)
    this.objective = new Objective(compiled, config.loss, data.targetSize)
    const { heads } = this.objective
    const starts = compiled.outputs.map((o) => this.objective.start(o))
    this.trained = this.upTo(starts)
    this.compute = engine.compute?.({ compiled, heads, starts, config, slots }) ?? null
  }

  /** The weights as training begins, from the seed. */
  initialize(): void {
    this.settle()
    initialize(this.compiled.weights, this.config.seed)
  }

  /**
   * One step of the optimizer, at a learning rate. `loss` is the mean over the batch and what the regularisers add, before the step.
   * `share`: what this batch is of a step whose others were given to `accumulate`.
   */
  trainStep(
    x: Float32Array,
    y: Float32Array,
    count: number,
    learningRate: number,
    watch?: StepWatch,
    share = 1,
  ): StepResult {
    return tf.tidy(() => {
      const whole = share === 1 ? this.wholeStep(x, y, count, learningRate, watch) : null
      if (whole) return { ...whole }
      const { grads, ...result } = this.backward(x, y, count, watch)
      if (Number.isFinite(result.loss)) {
        const total = this.regularisers.addTo(this.accumulator.take(grads, share))
        for (const weight of watch ? this.trainable : []) {
          const gradient = total[weight.variable.name]
          if (gradient) watch?.gradient(weight, gradient)
        }
        this.optimizer.update(total, learningRate)
      }
      return result
    })
  }

  /** The part of a step that one of several batches has; the weights move with the last, which is given to `trainStep`. */
  accumulate(x: Float32Array, y: Float32Array, count: number, share: number): StepResult {
    return tf.tidy(() => {
      const { grads, ...result } = this.backward(x, y, count)
      this.accumulator.hold(grads, share)
      return result
    })
  }

  /** Where the engine does all of a step; null where it does not. */
  private wholeStep(
    x: Float32Array,
    y: Float32Array,
    count: number,
    learningRate: number,
    watch: StepWatch | undefined,
  ): StepResult | null {
    if (!this.compute?.step) return null
    const batch = this.batch(x, y, count)
    const done = this.compute.step(batch, { learningRate, step: this.optimizer.step + 1 }, watch !== undefined)
    if (!done) return null
    this.optimizer.step++
    watch?.outputs(done.watched)
    for (const weight of this.trainable) {
      const gradient = done.grads[weight.variable.name]
      if (gradient) watch?.gradient(weight, gradient)
    }
    const { loss, losses } = this.objective.compute(done.outputs, y, count, batch.sampleWeights)
    return { loss: loss + done.penalty, losses, outputs: this.objective.answer(done.outputs, count) }
  }

  private batch(x: Float32Array, y: Float32Array, count: number): Batch {
    const { classWeights } = this.data
    return {
      count,
      inputs: this.feed(x, count),
      targets: this.objective.targets(y, count),
      sampleWeights: classWeights ? sampleWeights(y, count, classWeights) : null,
    }
  }

  private backward(x: Float32Array, y: Float32Array, count: number, watch?: StepWatch) {
    const batch = this.batch(x, y, count)
    const { sampleWeights: weights } = batch
    const found = this.compute?.backward(batch, watch !== undefined)
    if (found) {
      const { grads, outputs, watched } = found
      watch?.outputs(watched)
      const { loss, losses } = this.objective.compute(outputs, y, count, weights)
      return { grads, loss: loss + this.penalty, losses, outputs: this.objective.answer(outputs, count) }
    }
    this.settle()
    let result: StepResult = { loss: Number.NaN, losses: [], outputs: new Float32Array() }
    // Backwards from the loss's own derivative in the outputs: Σ outputs · derivative has just that gradient.
    const { grads } = tf.variableGrads(
      () => {
        const all = (watch?.network ?? this.trained).apply([...batch.inputs], true)
        const outs = all.slice(0, this.trained.tensors.length)
        watch?.outputs(all.slice(outs.length))
        const { outputs, ...found } = this.score(valuesOf(outs), y, count, weights)
        result = { loss: found.loss, losses: found.losses, outputs }
        const terms = outs.flatMap((out, i) => {
          const slope = found.slopes[i]
          return slope ? [tf.sum(tf.mul(out, tf.tensor(slope, out.shape)))] : []
        })
        return (terms.length === 1 ? terms[0] : tf.addN(terms)) as tf.Scalar
      },
      this.trainable.map((w) => w.variable),
    )
    return { ...result, grads, loss: result.loss + this.penalty }
  }

  /** What the regularisers add to the loss at the weights as they are; 0 without any. */
  get penalty(): number {
    if (this.regularisers.isNone) return 0
    this.settle()
    return this.regularisers.value
  }

  /** Brings the variables up to date, where steps have left the weights with the engine. */
  private settle(): void {
    this.compute?.release?.('weights')
  }

  /**
   * The network as it is trained, with the first outputs of some nodes behind its own; it computes the same in the same order. Given to
   * `trainStep` to watch them.
   */
  withOutputsOf(nodes: readonly string[]): Forward {
    this.compute?.watch(nodes)
    const more = nodes.flatMap((id) => this.compiled.values.get(id)?.[0] ?? [])
    return this.upTo([...this.trained.tensors, ...more])
  }

  private upTo(tensors: readonly tf.SymbolicTensor[]): Forward {
    return new Forward(this.compiled.model.inputs, tensors)
  }

  /** The loss over a batch, with what the regularisers add, and what the main output says, as at inference. */
  evaluate(x: Float32Array, y: Float32Array, count: number): StepResult {
    return tf.tidy(() => {
      const xs = this.feed(x, count)
      const values = this.compute?.forward(xs, 'losses') ?? this.eager(() => this.trained.apply(xs, false))
      const { loss, losses, outputs } = this.score(values, y, count, null)
      return { loss: loss + this.penalty, losses, outputs }
    })
  }

  /** Numbers that `predict` gives per sample. */
  get answerSize(): number {
    return this.data.targetSize
  }

  /** The loss of the output that accuracy and predictions are of. */
  get mainLoss(): LossType {
    return this.objective.loss
  }

  private score(values: readonly Float32Array[], y: Float32Array, count: number, sampleWeights: Float32Array | null) {
    return { ...this.objective.compute(values, y, count, sampleWeights), outputs: this.objective.answer(values, count) }
  }

  /** The first layer, in the order of the network, whose output holds a value that is no finite number; by the id of its node. */
  firstBroken(x: Float32Array, count: number): string | null {
    const outputs = [...this.compiled.values].flatMap(([id, all]) => all.map((tensor) => ({ id, tensor })))
    const probe = this.upTo(outputs.map((o) => o.tensor))
    this.settle()
    const at = tf.tidy(() => {
      const ys = probe.apply(this.feed(x, count), true)
      return ys.findIndex((y) => !(y.dataSync() as Float32Array).every(Number.isFinite))
    })
    return outputs[at]?.id ?? null
  }

  /** What the network answers to a batch: the main output, or all of them side by side where each has its columns of the targets. */
  predict(x: Float32Array, count: number): Float32Array {
    return this.objective.answer(this.predictAll(x, count), count)
  }

  /** Every output of the network. */
  predictAll(x: Float32Array, count: number): readonly Float32Array[] {
    return tf.tidy(() => {
      const xs = this.feed(x, count)
      const values = this.compute?.forward(xs, 'answers')
      return values ?? this.eager(() => [this.compiled.model.apply(xs, { training: false })].flat() as tf.Tensor[])
    })
  }

  private eager(compute: () => readonly tf.Tensor[]): Float32Array[] {
    this.settle()
    return valuesOf(compute())
  }

  /** A batch of samples as what each input sees of it: normalised, where the run is. */
  feed(x: Float32Array, count: number): tf.Tensor[] {
    const { inputShape, normalization } = this.data
    return feed(this.compiled, inputShape, normalization ? normalize(x, normalization) : x, count)
  }

  /** Why the engine does not compute this network as a whole, where it would by itself. */
  get refusal(): string | null {
    return this.compute?.refusal ?? null
  }

  /** Whether the processor computes some operators of it, although the engine is one for a GPU. */
  get mixed(): boolean {
    return this.compute?.mixed ?? false
  }

  get parameters(): number {
    return this.compiled.weights.reduce((sum, w) => sum + w.variable.size, 0)
  }

  weights(): Arrays {
    this.settle()
    return new Map(
      this.compiled.weights.map(({ name, variable }) => [
        name,
        { values: variable.dataSync() as Float32Array, shape: variable.shape },
      ]),
    )
  }

  /** Names that are not in `arrays` keep their values; returns those that did not fit. */
  setWeights(arrays: Arrays): readonly string[] {
    this.settle()
    return this.compiled.weights.flatMap(({ name, variable }) => {
      const array = arrays.get(name)
      if (!array || array.shape.join() !== variable.shape.join()) return [name]
      tf.tidy(() => variable.assign(tf.tensor(array.values, variable.shape)))
      return []
    })
  }

  dispose(): void {
    this.accumulator.dispose()
    this.compute?.dispose()
    dispose(this.compiled)
  }
}

const valuesOf = (tensors: readonly tf.Tensor[]): Float32Array[] => tensors.map((t) => t.dataSync() as Float32Array)

function natural({ inputs, main, outputs }: Compiled): Fed {
  const shape = outputs[main]?.shape ?? []
  return { inputShape: inputs[0]?.shape ?? [], targetSize: shape.reduce((a, b) => a * b, 1) }
}
