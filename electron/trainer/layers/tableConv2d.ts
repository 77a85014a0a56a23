import * as tf from '@tensorflow/tfjs'
import type { CustomArgs } from '#shared/tfjs'
import { CustomLayer, only } from './customLayer'

/** Convolution whose filters see only the channels in their rows of a table: a full kernel with zeros where nothing is connected. */
export class TableConv2D extends CustomLayer<CustomArgs['tableConv2d']> {
  static className = 'TableConv2D'
  private readonly activation = tf.layers.activation({ activation: this.args.activation })

  override build(): void {
    const { kernelSize, table, useBias } = this.args
    const initializer = tf.initializers.varianceScaling({ scale: 2, mode: 'fanAvg', distribution: 'uniform' })
    this.addWeight('kernel', [...kernelSize, table.flat().length], 'float32', initializer)
    if (useBias) this.addWeight('bias', [table.length], 'float32', tf.initializers.zeros())
    this.built = true
  }

  override computeOutputShape([n = null, h, w]: tf.Shape): tf.Shape {
    const { kernelSize, strides, padding, table } = this.args
    const size = (x: number | null | undefined, i: number) =>
      Math.ceil(((x ?? 0) - (padding === 'same' ? 0 : (kernelSize[i] ?? 1) - 1)) / (strides[i] ?? 1))
    return [n, size(h, 0), size(w, 1), table.length]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs) as tf.Tensor4D
      const [kernel, bias] = this.weights.map((w) => w.read()) as [tf.Tensor, tf.Tensor?]
      const [kh = 1, kw = 1] = this.args.kernelSize
      const [sh = 1, sw = 1] = this.args.strides
      const channels = x.shape[3]
      const places = this.places(channels)
      const full = tf.matMul(tf.reshape(kernel, [kh * kw, -1]), places)
      const y = tf.conv2d(x, tf.reshape(full, [kh, kw, channels, -1]), [sh, sw], this.args.padding)
      return this.activation.apply(bias ? tf.add(y, bias) : y) as tf.Tensor
    })
  }

  /** Connections × (channels · filters): a one where a connection has its place in the full kernel. */
  private places(channels: number): tf.Tensor2D {
    const { table } = this.args
    const at = table.flatMap((row, filter) => row.map((channel) => channel * table.length + filter))
    return tf.oneHot(tf.tensor1d(at, 'int32'), channels * table.length).toFloat() as tf.Tensor2D
  }
}
