import * as tf from '@tensorflow/tfjs'
import { conv2dInputGradient, conv2dKernelGradient, geometryOf } from './convGradients'

interface Settings {
  readonly strides: [number, number]
  readonly pad: 'same' | 'valid'
  readonly dilations: [number, number]
}

/**
 * Convolution and bias in one kernel. tfjs's own fused operation computes all of its gradients, also that in the input of the first
 * layer, which nobody needs and which is the dearest of all, and refuses dilation; this one computes what is asked for.
 */
export function convWithBias(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor | undefined,
  s: Settings,
): tf.Tensor4D {
  const attrs = { ...s, dataFormat: 'NHWC', activation: 'linear' } as const
  return tf.engine().runKernel(tf.FusedConv2D, { x, filter, ...(bias && { bias }) }, attrs)
}

let done = false

export function registerFusedGradient(): void {
  if (done) return
  done = true
  tf.registerGradient({
    kernelName: tf.FusedConv2D,
    inputsToSave: ['x', 'filter'],
    gradFunc(dy, saved, attrs) {
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D]
      const g = dy as tf.Tensor4D
      const strides = attrs.strides as Settings['strides']
      const [pad, dilations] = [attrs.pad as Settings['pad'], attrs.dilations as Settings['dilations']]
      const bias = () => tf.sum(g, [0, 1, 2])
      if (tf.backend_util.tupleValuesAreOne(dilations)) {
        const shared = { strides, pad, dataFormat: 'NHWC' }
        const { engine } = tf
        return {
          x: () => engine().runKernel(tf.Conv2DBackpropInput, { dy: g, filter }, { ...shared, inputShape: x.shape }),
          filter: () =>
            engine().runKernel(tf.Conv2DBackpropFilter, { x, dy: g }, { ...shared, filterShape: filter.shape }),
          bias,
        }
      }
      const geometry = geometryOf(tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations, pad))
      return {
        x: () => conv2dInputGradient(g, filter, geometry),
        filter: () => conv2dKernelGradient(x, g, geometry),
        bias,
      }
    },
  })
}
