import * as tf from '@tensorflow/tfjs'
import type { CustomArgs } from '#shared/tfjs'
import { pairOf } from './pair'

type Args = CustomArgs['paddedPool2d']

/** Smaller than any activation, and harmless to arithmetic where −∞ would give NaN. */
const LOWEST = -1e30

/** Pooling with explicit padding per side that never counts: −∞ for max, left out of the mean for average. tfjs knows 'same' and 'valid' only. */
export class PaddedPool2D extends tf.layers.Layer {
  static className = 'PaddedPool2D'

  constructor(private readonly args: Args & { readonly name?: string }) {
    super(args.name === undefined ? {} : { name: args.name })
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const [n = null, h, w, c = null] = inputShape
    const { poolSize, strides, padding } = this.args
    const size = (x: number | null | undefined, i: number) => {
      const padded = (x ?? 0) + (padding[2 * i] ?? 0) + (padding[2 * i + 1] ?? 0)
      return Math.floor((padded - (poolSize[i] ?? 1)) / (strides[i] ?? 1)) + 1
    }
    return [n, size(h, 0), size(w, 1), c]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D
      const [size, strides] = [pairOf(this.args.poolSize), pairOf(this.args.strides)]
      if (this.args.op === 'max') return tf.maxPool(this.pad(x, LOWEST), size, strides, 'valid')
      // The mean over the padded window, times its size, over the number of real elements in it.
      const mean = (t: tf.Tensor4D) => tf.avgPool(this.pad(t, 0), size, strides, 'valid')
      const [, h, w] = x.shape
      return tf.div(mean(x), mean(tf.ones([1, h, w, 1])))
    })
  }

  private pad(x: tf.Tensor4D, value: number): tf.Tensor4D {
    const [top = 0, bottom = 0, left = 0, right = 0] = this.args.padding
    return tf.pad4d(
      x,
      [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
      value,
    )
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...(this.args as object) }
  }
}
