import type * as tf from '@tensorflow/tfjs'
import type { Result } from '#shared/result'
import type { EngineInfo } from '#shared/training/run'
import type { TrainerError } from '../protocol'

/** Changes a parameter in place, given its gradient; both as flat arrays. */
export type UpdateRule = (parameter: Float32Array, gradient: Float32Array) => void

/** What computes: a backend of tfjs, with what it lacks for training. */
export interface Engine {
  readonly name: 'wasm' | 'cpu' | 'tensorflow'
  /** Says whether it can be used here, without loading it. */
  probe(): EngineInfo
  /** Makes it the backend of tfjs. */
  load(): Promise<Result<null, TrainerError>>
  /** Lets an optimizer change a variable. */
  update(variable: tf.Variable, gradient: tf.Tensor, rule: UpdateRule): void
}
