import * as tf from '@tensorflow/tfjs'
import type { TrainingConfig } from '#shared/training/config'
import { glorotUniform } from '#shared/training/initializers'
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
      if (!/kernel|embeddings/i.test(spec.name)) return
      const values = glorotUniform(
        variable.shape,
        createRandom(this.config.seed, 100 + i),
        /depthwise/i.test(spec.name),
      )
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)))
    })
  }

  /** One step of the optimizer. `loss` is the mean over the batch, before the step. */
  trainStep(x: Float32Array, y: Float32Array, count: number): StepResult {
    const { compiled, config } = this
    const network = compiled.logits ?? compiled.model
    return tf.tidy(() => {
      const xs = tf.tensor(x, [count, ...compiled.inputShape])
      const ys = tf.tensor(y, [count, ...compiled.outputShape])
      let outputs: tf.Tensor | undefined
      const { value, grads } = tf.variableGrads(
        () => {
          const out = network.apply(xs, { training: true }) as tf.Tensor
          outputs = tf.keep(out)
          return this.lossOf(ys, out)
        },
        this.trainable.map((w) => w.variable),
      )
      const loss = value.dataSync()[0] ?? Number.NaN
      const result = { loss, outputs: outputs?.dataSync() as Float32Array }
      outputs?.dispose()
      if (!Number.isFinite(loss)) return result
      this.step++
      const settings = { learningRate: config.learningRate, momentum: config.momentum, step: this.step }
      const update = updates[config.optimizer]
      for (const { name, variable } of this.trainable) {
        const gradient = grads[variable.name]
        const slots = this.slots.get(name) ?? []
        if (gradient) this.engine.update(variable, gradient, (w, g) => update.apply(w, g, slots, settings))
      }
      return result
    })
  }

  private lossOf(ys: tf.Tensor, outputs: tf.Tensor): tf.Scalar {
    if (this.config.loss === 'meanSquaredError') return tf.losses.meanSquaredError(ys, outputs) as tf.Scalar
    const classes = ys.shape.at(-1) ?? 1
    return tf.losses.softmaxCrossEntropy(tf.reshape(ys, [-1, classes]), tf.reshape(outputs, [-1, classes])) as tf.Scalar
  }

  /** The outputs that the loss is computed from: before the softmax where training starts there. */
  outputs(x: Float32Array, count: number): Float32Array {
    return this.run(
      this.compiled.logits && this.config.loss === 'categoricalCrossentropy'
        ? this.compiled.logits
        : this.compiled.model,
      x,
      count,
    )
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
