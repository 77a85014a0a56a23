import * as tf from '@tensorflow/tfjs'
import type { TrainingConfig } from '#shared/training/config'
import { batchLoss, losses } from '#shared/training/losses'
import type { Compiled, NamedWeight } from './compile'
import type { Engine } from './engines/engine'
import { initialize } from './initialize'
import { Optimizer } from './optimizer'

/** Flat arrays by canonical name. */
export type Arrays = ReadonlyMap<string, { readonly values: Float32Array; readonly shape: readonly number[] }>

/** What the network said about a batch: outputs of the last layer, or what enters its softmax. */
export interface StepResult {
  readonly loss: number
  readonly outputs: Float32Array
}

/** A compiled network with its loss and optimizer. */
export class Model {
  readonly optimizer: Optimizer
  private readonly trainable: readonly NamedWeight[]

  constructor(
    private readonly compiled: Compiled,
    engine: Engine,
    private readonly config: TrainingConfig,
  ) {
    this.trainable = compiled.weights.filter((w) => w.spec.trainable)
    this.optimizer = new Optimizer(this.trainable, engine, config)
  }

  /** The weights as training begins, from the seed. */
  initialize(): void {
    initialize(this.compiled.weights, this.config.seed)
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
      if (Number.isFinite(result.loss)) this.optimizer.update(grads, learningRate)
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

  dispose(): void {
    // The two models share their layers.
    this.compiled.model.dispose()
  }
}
