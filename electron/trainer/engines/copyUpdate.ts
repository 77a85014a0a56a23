import * as tf from '@tensorflow/tfjs'
import type { UpdateRule } from './engine'

/** Reads the variable, changes the copy and assigns it: works on every backend. */
export function copyUpdate(variable: tf.Variable, gradient: tf.Tensor, rule: UpdateRule): void {
  const parameter = variable.dataSync() as Float32Array
  rule(parameter, gradient.dataSync() as Float32Array)
  tf.tidy(() => variable.assign(tf.tensor(parameter, variable.shape)))
}
