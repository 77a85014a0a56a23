import * as tf from '@tensorflow/tfjs'
import type { CustomArgs } from '#shared/tfjs'
import { pairOf } from './pair'

type Args = CustomArgs['groupedConv2d']

/** Convolution in groups: channels and filters are split into groups that do not see each other. tfjs ignores its own `groups`. */
export class GroupedConv2D extends tf.layers.Layer {
  static className = 'GroupedConv2D'
  private readonly activation: tf.layers.Layer

  constructor(private readonly args: Args & { readonly name?: string }) {
    super(args.name === undefined ? {} : { name: args.name })
    this.activation = tf.layers.activation({ activation: args.activation as 'relu' })
  }

  override build(inputShape: tf.Shape): void {
    const { filters, kernelSize, groups, useBias } = this.args
    const channels = (inputShape.at(-1) ?? 0) / groups
    const initializer = tf.initializers.glorotUniform({})
    this.addWeight('kernel', [...kernelSize, channels, filters], 'float32', initializer)
    if (useBias) this.addWeight('bias', [filters], 'float32', tf.initializers.zeros())
    this.built = true
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const [n = null, h, w] = inputShape
    const { filters, kernelSize, strides, dilationRate, padding } = this.args
    const size = (x: number | null | undefined, i: number) => {
      const reach = (dilationRate[i] ?? 1) * ((kernelSize[i] ?? 1) - 1)
      return Math.ceil(((x ?? 0) - (padding === 'same' ? 0 : reach)) / (strides[i] ?? 1))
    }
    return [n, size(h, 0), size(w, 1), filters]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D
      const [kernel, bias] = this.weights.map((w) => w.read())
      const { groups, strides, padding, dilationRate } = this.args
      const xs = tf.split(x, groups, 3)
      const kernels = tf.split(kernel as tf.Tensor4D, groups, 3)
      const parts = xs.map(
        (part, i): tf.Tensor4D =>
          tf.conv2d(
            part as tf.Tensor4D,
            kernels[i] as tf.Tensor4D,
            pairOf(strides),
            padding,
            'NHWC',
            pairOf(dilationRate),
          ),
      )
      const y = tf.concat(parts, 3)
      return this.activation.apply(bias ? tf.add(y, bias) : y) as tf.Tensor
    })
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...(this.args as object) }
  }
}
