import * as tf from '@tensorflow/tfjs'
import type { TrainingConfig } from '#shared/training/config'
import { glorotUniform } from '#shared/training/initializers'
import { batchLoss, losses } from '#shared/training/losses'
import { createRandom } from '#shared/training/random'
import { updates } from '#shared/training/updates'
import type { Compiled, NamedWeight } from './compile'
import type { Engine } from './engines/engine'

/** Flat arrays by canonical name. */
export type Arrays = ReadonlyMap<string, { readonly values: Float32Array; readonly shape: readonly number[] }>

/** What the network said about a batch: outputs of the last layer, or what enters its softmax. */
export interface StepResult {
  readonly loss: number
  readonly outputs: Float32Array
}

/** Matrices and kernels: drawn at random at the start, and what weight decay is for. */
const isKernel = (name: string): boolean => /kernel|embeddings/i.test(name)

const globalNorm = (gradients: readonly tf.Tensor[]): number =>
  Math.sqrt(gradients.reduce((sum, g) => sum + (tf.sum(tf.square(g)).dataSync()[0] ?? 0), 0))

/** A compiled network with its loss and optimizer. */
export class Model {
  /** Updates done. */
  step = 0
  private readonly slots = new Map<string, Float32Array[]>()
  private readonly trainable: readonly NamedWeight[]

  constructor(
    private readonly compiled: Compiled,
    private readonly engine: Engine,
    private readonly config: TrainingConfig,
  ) {
    this.trainable = compiled.weights.filter((w) => w.spec.trainable)
    for (const { name, variable } of this.trainable)
      this.slots.set(
        name,
        updates[config.optimizer].slots.map(() => new Float32Array(variable.size)),
      )
  }

  /** Kernels by Glorot's rule, from the seed; the others (zeros, ones) as tfjs begins them. */
  initialize(): void {
    this.compiled.weights.forEach(({ variable, spec }, i) => {
      if (!isKernel(spec.name)) return
      const values = glorotUniform(
        variable.shape,
        createRandom(this.config.seed, 100 + i),
        /depthwise/i.test(spec.name),
      )
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)))
    })
  }

  /** One step of the optimizer, at a learning rate. `loss` is the mean over the batch, before the step. */
  trainStep(x: Float32Array, y: Float32Array, count: number, learningRate: number): StepResult {
    const { compiled, config } = this
    let result: StepResult = { loss: Number.NaN, outputs: new Float32Array() }
    tf.tidy(() => {
      const xs = tf.tensor(x, [count, ...compiled.inputShape])
      // Backwards from the loss's own derivative in the outputs: Σ outputs · derivative has just that gradient.
      const { grads } = tf.variableGrads(
        () => {
          const out = this.trained.apply(xs, { training: true }) as tf.Tensor
          const outputs = out.dataSync() as Float32Array
          const slope = new Float32Array(outputs.length)
          result = { loss: batchLoss(losses[config.loss], outputs, y, count, slope), outputs }
          return tf.sum(tf.mul(out, tf.tensor(slope, out.shape))) as tf.Scalar
        },
        this.trainable.map((w) => w.variable),
      )
      if (Number.isFinite(result.loss)) this.update(grads, learningRate)
    })
    return result
  }

  /** The first layer, in the order of the network, whose output holds a value that is no finite number. */
  firstBroken(x: Float32Array, count: number): string | null {
    const { model } = this.compiled
    const outputs = model.layers.map((layer) => layer.output as tf.SymbolicTensor)
    const probe = tf.model({ inputs: model.inputs, outputs })
    const at = tf.tidy(() => {
      const xs = tf.tensor(x, [count, ...this.compiled.inputShape])
      const ys = [probe.apply(xs, { training: true })].flat() as tf.Tensor[]
      return ys.findIndex((y) => !(y.dataSync() as Float32Array).every(Number.isFinite))
    })
    return model.layers[at]?.name ?? null
  }

  private update(grads: tf.NamedTensorMap, learningRate: number): void {
    const { clipNorm, momentum, optimizer, weightDecay } = this.config
    this.step++
    const scale = clipNorm > 0 ? Math.min(1, clipNorm / globalNorm(Object.values(grads))) : 1
    const settings = { learningRate, momentum, step: this.step }
    for (const { name, spec, variable } of this.trainable) {
      const gradient = grads[variable.name]
      const slots = this.slots.get(name) ?? []
      const kept = isKernel(spec.name) ? 1 - learningRate * weightDecay : 1
      if (gradient)
        this.engine.update(variable, gradient, (w, g) => {
          if (scale < 1) for (let i = 0; i < g.length; i++) g[i] = (g[i] as number) * scale
          if (kept < 1) for (let i = 0; i < w.length; i++) w[i] = (w[i] as number) * kept
          updates[optimizer].apply(w, g, slots, settings)
        })
    }
  }

  /** What the loss is computed from: all layers, or all but the softmax or sigmoid where the loss starts before it. */
  private get trained(): tf.LayersModel {
    const { ending, model } = this.compiled
    return ending && losses[this.config.loss].logitsOf === ending.activation ? ending.logits : model
  }

  /** The outputs that the loss is computed from. */
  outputs(x: Float32Array, count: number): Float32Array {
    return this.run(this.trained, x, count)
  }

  /** The outputs of the last layer. */
  predict(x: Float32Array, count: number): Float32Array {
    return this.run(this.compiled.model, x, count)
  }

  private run(network: tf.LayersModel, x: Float32Array, count: number): Float32Array {
    return tf.tidy(() => {
      const y = network.apply(tf.tensor(x, [count, ...this.compiled.inputShape]), { training: false }) as tf.Tensor
      return y.dataSync() as Float32Array
    })
  }

  get parameters(): number {
    return this.compiled.weights.reduce((sum, w) => sum + w.variable.size, 0)
  }

  weights(): Arrays {
    return new Map(
      this.compiled.weights.map(({ name, variable }) => [
        name,
        { values: variable.dataSync() as Float32Array, shape: variable.shape },
      ]),
    )
  }

  /** Names that are not in `arrays` keep their values; returns those that did not fit. */
  setWeights(arrays: Arrays): readonly string[] {
    return this.compiled.weights.flatMap(({ name, variable }) => {
      const array = arrays.get(name)
      if (!array || array.shape.join() !== variable.shape.join()) return [name]
      tf.tidy(() => variable.assign(tf.tensor(array.values, variable.shape)))
      return []
    })
  }

  /** The optimizer's memory, as `<weight>/<slot>`. */
  optimizerState(): Arrays {
    const names = updates[this.config.optimizer].slots
    return new Map(
      [...this.slots].flatMap(([weight, slots]) =>
        slots.map((values, i) => [`${weight}/${names[i]}`, { values, shape: [values.length] }] as const),
      ),
    )
  }

  setOptimizerState(arrays: Arrays): readonly string[] {
    return [...this.optimizerState()].flatMap(([name, { values }]) => {
      const array = arrays.get(name)
      if (array?.values.length !== values.length) return [name]
      values.set(array.values)
      return []
    })
  }

  dispose(): void {
    // The two models share their layers.
    this.compiled.model.dispose()
  }
}
