import type * as tf from '@tensorflow/tfjs'
import type { Result } from '#shared/result'
import type { EngineInfo } from '#shared/training/run'
import type { Compiled } from '../compile'
import type { TrainerError } from '../protocol'
import type { Head } from './head'

/** Changes a parameter in place, given its gradient; both as flat arrays. */
export type UpdateRule = (parameter: Float32Array, gradient: Float32Array) => void

/** What computes: a backend of tfjs, with what it lacks for training. */
export interface Engine {
  readonly name: 'wasm' | 'cpu' | 'tensorflow' | 'onnx'
  /** Says whether it can be used here, without loading it. */
  probe(): EngineInfo
  /** Makes it the backend of tfjs. */
  load(): Promise<Result<null, TrainerError>>
  /** Lets an optimizer change a variable. */
  update(variable: tf.Variable, gradient: tf.Tensor, rule: UpdateRule): void
  /** Where a network is computed as a whole, and not operator by operator through tfjs, which then only keeps the weights. */
  compute?(compiled: Compiled, heads: readonly Head[]): Compute
}

/** A batch as the network is trained on it. */
export interface Batch {
  readonly count: number
  readonly inputs: readonly tf.Tensor[]
  /** Of each output. */
  readonly targets: readonly Float32Array[]
  /** How much each sample counts; null: all the same. */
  readonly sampleWeights: Float32Array | null
}

/** Computes a network with the weights that it has at the moment. Call it within `tf.tidy`. */
export interface Compute {
  /** From the first step on, the outputs of these nodes can be seen. */
  watch(nodes: readonly string[]): void
  /** Forward and backward, as while training; moves the moving statistics. `outputs`: what the losses are computed from. */
  backward(
    batch: Batch,
    watch: boolean,
  ): {
    readonly outputs: readonly Float32Array[]
    /** By the names of the variables. */
    readonly grads: tf.NamedTensorMap
    readonly watched: readonly tf.Tensor[]
  }
  /** As at inference, up to what the losses are computed from, or to the outputs. */
  forward(inputs: readonly tf.Tensor[], upTo: 'losses' | 'answers'): Float32Array[]
  dispose(): void
}
