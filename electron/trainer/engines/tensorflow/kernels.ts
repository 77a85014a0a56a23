import * as tf from '@tensorflow/tfjs'
import { depthwiseInputGradient, depthwiseKernelGradient, geometryOf, spread } from '../convGradients'

type Attrs = Readonly<Record<string, unknown>>
type Four = [number, number, number, number]
type Pair = [number, number]
type Kernel = (inputs: Readonly<Record<string, tf.Tensor>>, attrs: Attrs) => tf.Tensor | null

let done = false

/**
 * What TensorFlow does not compute on a processor, made of what it does: depthwise convolutions with dilation, or with a stride that
 * differs along height and width. After the backend's own kernels are registered.
 */
export function registerKernels(): void {
  if (done) return
  done = true
  wrap(tf.DepthwiseConv2dNative, ({ x, filter }, attrs) => {
    const [dilations, strides] = [pair(attrs.dilations ?? 1), pair(attrs.strides)]
    if (isOne(dilations) && isEven(strides)) return null
    return tf.tidy(() => {
      const kernel = spreadKernel(filter as tf.Tensor4D, dilations)
      const pad = attrs.pad as 'same' | 'valid' | number
      if (isEven(strides)) return tf.depthwiseConv2d(x as tf.Tensor4D, kernel, strides, pad)
      const info = infoOf(x as tf.Tensor4D, kernel.shape, { ...attrs, dilations: 1 })
      const { top, bottom, left, right } = info.padInfo
      const framed = tf.pad(x as tf.Tensor4D, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ])
      // Every position, of which the stride keeps some.
      const all = tf.depthwiseConv2d(framed, kernel, 1, 'valid')
      return tf.stridedSlice(all, [0, 0, 0, 0], all.shape, [1, ...strides, 1])
    })
  })
  wrap(tf.DepthwiseConv2dNativeBackpropInput, ({ dy, filter }, attrs) => {
    if (isEven(pair(attrs.strides))) return null
    const kernel = filter as tf.Tensor4D
    const info = infoOf({ shape: attrs.inputShape as Four }, kernel.shape, attrs)
    return depthwiseInputGradient(dy as tf.Tensor4D, kernel, geometryOf(info))
  })
  wrap(tf.DepthwiseConv2dNativeBackpropFilter, ({ x, dy }, attrs) => {
    if (isEven(pair(attrs.strides))) return null
    const shape = attrs.filterShape as Four
    const info = infoOf(x as tf.Tensor4D, shape, attrs)
    return depthwiseKernelGradient(x as tf.Tensor4D, dy as tf.Tensor4D, geometryOf(info), shape[3])
  })
}

const pair = (v: unknown): Pair => (Array.isArray(v) ? [Number(v[0]), Number(v[1])] : [Number(v), Number(v)])
const isOne = ([a, b]: Pair): boolean => a === 1 && b === 1
const isEven = ([a, b]: Pair): boolean => a === b

const infoOf = ({ shape }: { readonly shape: Four }, kernel: Four, a: Attrs): tf.backend_util.Conv2DInfo =>
  tf.backend_util.computeConv2DInfo(
    shape,
    kernel,
    pair(a.strides),
    pair(a.dilations ?? 1),
    a.pad as 'same' | 'valid' | number,
    a.dimRoundingMode as 'floor' | 'round' | 'ceil' | undefined,
    true,
  )

/** The kernel with zeros between its taps: what dilation means. */
function spreadKernel(kernel: tf.Tensor4D, [dh, dw]: Pair): tf.Tensor4D {
  const [kh, kw, c, m] = kernel.shape
  const wide = spread(tf.reshape(kernel, [1, kh, kw, c * m]), [dh, dw])
  const size: Pair = [(kh - 1) * dh + 1, (kw - 1) * dw + 1]
  return tf.reshape(tf.slice4d(wide, [0, 0, 0, 0], [1, ...size, c * m]), [...size, c, m])
}

/** Puts a kernel before one of the backend's own, which computes what the first leaves to it with null. */
export function wrap(kernelName: string, ours: Kernel): void {
  const own = tf.getKernel(kernelName, 'tensorflow')
  tf.unregisterKernel(kernelName, 'tensorflow')
  tf.registerKernel({
    ...own,
    kernelFunc: (given) =>
      ours(given.inputs as Readonly<Record<string, tf.Tensor>>, given.attrs ?? {}) ?? own.kernelFunc(given),
  })
}
