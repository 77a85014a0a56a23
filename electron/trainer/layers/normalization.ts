import * as tf from '@tensorflow/tfjs'
import type { CustomArgs } from '#shared/tfjs'
import { CustomLayer, only } from './customLayer'

/** Wu and He, 2018: zero mean and unit variance over all positions and the channels of a group, then scale and shift per channel. */
export class GroupNorm extends CustomLayer<CustomArgs['groupNorm']> {
  static className = 'GroupNorm'

  override build(inputShape: tf.Shape): void {
    const shape = [inputShape.at(-1) ?? 0]
    if (this.args.scale) this.addWeight('gamma', shape, 'float32', tf.initializers.ones())
    if (this.args.center) this.addWeight('beta', shape, 'float32', tf.initializers.zeros())
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs)
      const [batch, channels] = [x.shape[0] ?? 1, x.shape.at(-1) ?? 1]
      const { groups, epsilon, scale, center } = this.args
      const grouped = tf.reshape(x, [batch, x.size / (batch * channels), groups, channels / groups])
      const { mean, variance } = tf.moments(grouped, [1, 3], true)
      const normal = tf.mul(tf.sub(grouped, mean), tf.rsqrt(tf.add(variance, epsilon)))
      const weights = this.weights.map((w) => w.read())
      let y = tf.reshape(normal, x.shape)
      if (scale) y = tf.mul(y, weights[0] as tf.Tensor)
      if (center) y = tf.add(y, weights.at(-1) as tf.Tensor)
      return y
    })
  }
}

/** Krizhevsky et al., 2012: each value is divided by a power of the squares around it along the channels. */
export class LRN extends CustomLayer<CustomArgs['lrn']> {
  static className = 'LRN'

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs)
      const channels = x.shape.at(-1) ?? 1
      const { depthRadius, bias, alpha, beta } = this.args
      // The sum over neighbouring channels as a product with a band of ones: fast, and differentiable on every backend.
      const band = tf.tensor2d(
        Float32Array.from({ length: channels * channels }, (_, i) =>
          Math.abs(Math.floor(i / channels) - (i % channels)) <= depthRadius ? 1 : 0,
        ),
        [channels, channels],
      )
      const flat = tf.reshape(x, [-1, channels]) as tf.Tensor2D
      const sums = tf.matMul(tf.square(flat), band)
      const divisor = tf.exp(tf.mul(tf.log(tf.add(tf.mul(sums, alpha), bias)), beta))
      return tf.reshape(tf.div(flat, divisor), x.shape)
    })
  }
}
