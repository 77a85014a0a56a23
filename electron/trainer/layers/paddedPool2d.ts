import * as tf from '@tensorflow/tfjs'
import type { CustomArgs } from '#shared/tfjs'
import { CustomLayer, only } from './customLayer'

/** Smaller than any activation, and harmless to arithmetic where −∞ would give NaN. */
const LOWEST = -1e30

const pair = (v: readonly number[]): [number, number] => [v[0] ?? 1, v[1] ?? 1]

/** Pooling with explicit padding per side that never counts: −∞ for max, left out of the mean for average. tfjs knows 'same' and 'valid' only. */
export class PaddedPool2D extends CustomLayer<CustomArgs['paddedPool2d']> {
  static className = 'PaddedPool2D'

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const { poolSize, strides, padding } = this.args
    const spatial = inputShape.slice(1, -1).map((n, i) => {
      const padded = (n ?? 0) + (padding[2 * i] ?? 0) + (padding[2 * i + 1] ?? 0)
      return Math.floor((padded - (poolSize[i] ?? 1)) / (strides[i] ?? 1)) + 1
    })
    return [inputShape[0] ?? null, ...spatial, inputShape.at(-1) ?? null]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs) as tf.Tensor4D
      const [size, strides] = [pair(this.args.poolSize), pair(this.args.strides)]
      if (this.args.op === 'max') return tf.maxPool(this.pad(x, LOWEST), size, strides, 'valid')
      // The mean over the padded window, by the share of it that is real.
      const mean = (t: tf.Tensor4D) => tf.avgPool(this.pad(t, 0), size, strides, 'valid')
      const [, h, w] = x.shape
      return tf.div(mean(x), mean(tf.ones([1, h, w, 1])))
    })
  }

  private pad(x: tf.Tensor4D, value: number): tf.Tensor4D {
    const [top = 0, bottom = 0, left = 0, right = 0] = this.args.padding
    const amounts: [number, number][] = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]
    return tf.pad(x, amounts, value)
  }
}
