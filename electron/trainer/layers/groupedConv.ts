import * as tf from '@tensorflow/tfjs'
import type { CustomArgs } from '#shared/tfjs'
import { CustomLayer, only } from './customLayer'

type Args = CustomArgs['groupedConv2d']
type Convolve = (x: tf.Tensor, kernel: tf.Tensor, args: Args) => tf.Tensor

const at = (v: readonly number[], i: number): number => v[i] ?? 1

const convolutions: Readonly<Record<1 | 2 | 3, Convolve>> = {
  1: (x, kernel, { strides, padding, dilationRate }) =>
    tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, at(strides, 0), padding, 'NWC', at(dilationRate, 0)),
  2: (x, kernel, { strides: s, padding, dilationRate: d }) =>
    tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, [at(s, 0), at(s, 1)], padding, 'NHWC', [at(d, 0), at(d, 1)]),
  3: (x, kernel, { strides: s, padding, dilationRate: d }) =>
    tf.conv3d(x as tf.Tensor5D, kernel as tf.Tensor5D, [at(s, 0), at(s, 1), at(s, 2)], padding, 'NDHWC', [
      at(d, 0),
      at(d, 1),
      at(d, 2),
    ]),
}

/** Convolution in groups: channels and filters are split into groups that do not see each other. tfjs ignores its own `groups`. */
abstract class GroupedConv extends CustomLayer<Args> {
  protected abstract readonly axes: 1 | 2 | 3
  private readonly activation = tf.layers.activation({ activation: this.args.activation })

  override build(inputShape: tf.Shape): void {
    const { filters, kernelSize, groups, useBias } = this.args
    const shape = [...kernelSize, (inputShape.at(-1) ?? 0) / groups, filters]
    this.addWeight('kernel', shape, 'float32', tf.initializers.glorotUniform({}))
    if (useBias) this.addWeight('bias', [filters], 'float32', tf.initializers.zeros())
    this.built = true
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const { filters, kernelSize, strides, dilationRate, padding } = this.args
    const spatial = inputShape.slice(1, -1).map((n, i) => {
      const reach = at(dilationRate, i) * (at(kernelSize, i) - 1)
      return Math.ceil(((n ?? 0) - (padding === 'same' ? 0 : reach)) / at(strides, i))
    })
    return [inputShape[0] ?? null, ...spatial, filters]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [kernel, bias] = this.weights.map((w) => w.read()) as [tf.Tensor, tf.Tensor?]
      const { groups } = this.args
      const xs = tf.split(only(inputs), groups, -1)
      const kernels = tf.split(kernel, groups, -1)
      const parts = xs.map((x, i) => convolutions[this.axes](x, kernels[i] as tf.Tensor, this.args))
      const y = tf.concat(parts, -1)
      return this.activation.apply(bias ? tf.add(y, bias) : y) as tf.Tensor
    })
  }
}

export class GroupedConv1D extends GroupedConv {
  static className = 'GroupedConv1D'
  protected readonly axes = 1
}
export class GroupedConv2D extends GroupedConv {
  static className = 'GroupedConv2D'
  protected readonly axes = 2
}
export class GroupedConv3D extends GroupedConv {
  static className = 'GroupedConv3D'
  protected readonly axes = 3
}
