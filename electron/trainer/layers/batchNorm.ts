import * as tf from '@tensorflow/tfjs'
import { only } from './customLayer'

/**
 * A kernel that some backends have: normalises x of [n, h, w, channels] by its own mean and variance. Its inputs are x, scale and offset;
 * its first outputs y, the mean, and the variance, divided by the count less one.
 */
export const BATCH_NORM = 'BatchNormTraining'

export interface BatchNormSettings {
  readonly momentum: number
  readonly epsilon: number
  readonly scale: boolean
  readonly center: boolean
}

/** Trains a batch normalization of tfjs along the last axis by `BATCH_NORM` where there is one, else as tfjs does. */
export function normalizeAtOnce(layer: tf.layers.Layer, s: BatchNormSettings): void {
  const call = layer.call.bind(layer)
  layer.call = (inputs, settings) => {
    if (!settings.training || !tf.getKernel(BATCH_NORM, tf.getBackend())) return call(inputs, settings)
    return tf.tidy(() => {
      const x = only(inputs)
      const channels = x.shape.at(-1) ?? 1
      const count = x.size / channels
      const flat = x.rank === 4 ? x : tf.reshape(x, [count, 1, 1, channels])
      const [first, second] = layer.weights
      const scale = s.scale ? first?.read() : undefined
      const offset = s.center ? (s.scale ? second : first)?.read() : undefined
      const given = { x: flat, scale: scale ?? tf.ones([channels]), offset: offset ?? tf.zeros([channels]) }
      const results: tf.Tensor[] = tf.engine().runKernel(BATCH_NORM, given, { epsilon: s.epsilon })
      const [y, mean, variance] = results as [tf.Tensor, tf.Tensor, tf.Tensor]
      const statistics = [mean, tf.mul(variance, (count - 1) / Math.max(count, 1))]
      layer.weights.slice(-2).forEach((weight, i) => {
        const [old, now] = [weight.read(), statistics[i] as tf.Tensor]
        weight.write(tf.sub(old, tf.mul(tf.sub(old, now), 1 - s.momentum)))
      })
      // An operator less between it and an activation: some engines compute both at once.
      return x.rank === 4 ? y : tf.reshape(y, x.shape)
    })
  }
}
