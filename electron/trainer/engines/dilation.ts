import * as tf from '@tensorflow/tfjs'
import {
  conv2dInputGradient,
  conv2dKernelGradient,
  depthwiseInputGradient,
  depthwiseKernelGradient,
  geometryOf,
} from './convGradients'

type Pad = 'same' | 'valid' | number
let done = false

/** tfjs refuses gradients of dilated convolutions on every backend; ours take their place there. Undilated ones stay tfjs's own. */
export function supportDilation(): void {
  if (done) return
  done = true
  extend(tf.Conv2D, false, (x, kernel, dy, info) => ({
    x: () => conv2dInputGradient(dy, kernel, geometryOf(info)),
    filter: () => conv2dKernelGradient(x, dy, geometryOf(info)),
  }))
  extend(tf.DepthwiseConv2dNative, true, (x, kernel, dy, info) => ({
    x: () => depthwiseInputGradient(dy, kernel, geometryOf(info)),
    filter: () => depthwiseKernelGradient(x, dy, geometryOf(info), kernel.shape[3]),
  }))
}

function extend(
  kernelName: string,
  depthwise: boolean,
  gradients: (
    x: tf.Tensor4D,
    kernel: tf.Tensor4D,
    dy: tf.Tensor4D,
    info: tf.backend_util.Conv2DInfo,
  ) => { x: () => tf.Tensor; filter: () => tf.Tensor },
): void {
  const own = tf.getGradient(kernelName)
  tf.unregisterGradient(kernelName)
  tf.registerGradient({
    ...own,
    gradFunc(dy, saved, attrs) {
      const dilations = (attrs.dilations ?? 1) as number | [number, number]
      if (tf.backend_util.tupleValuesAreOne(dilations)) return own.gradFunc(dy, saved, attrs)
      const [x, kernel] = saved as [tf.Tensor4D, tf.Tensor4D]
      const strides = attrs.strides as number | [number, number]
      const info = tf.backend_util.computeConv2DInfo(
        x.shape,
        kernel.shape,
        strides,
        dilations,
        attrs.pad as Pad,
        undefined,
        depthwise,
      )
      return gradients(x, kernel, dy as tf.Tensor4D, info)
    },
  })
}
