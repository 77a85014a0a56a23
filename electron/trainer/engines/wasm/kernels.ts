import * as tf from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { conv3dInputGradient, conv3dKernelGradient } from '../conv3dGradients'
import {
  conv2dInputGradient,
  conv2dKernelGradient,
  depthwiseInputGradient,
  depthwiseKernelGradient,
  geometryOf,
  seen,
} from '../convGradients'
import { averagePoolGradient, maxPool, maxPoolGradient, pooling2d, pooling3d } from '../pooling'
import { registerFasterKernels } from './faster'
import { onHeap } from './heap'
import { type Attrs, asTensor, type Compute, register, wrap } from './registry'

type Four = [number, number, number, number]
type Five = [number, number, number, number, number]
type Triple = number | [number, number, number]
type Pair = number | [number, number]
type Pad = 'same' | 'valid' | number
const infoOf = (input: Four, kernel: Four, attrs: Attrs, depthwise: boolean): tf.backend_util.Conv2DInfo =>
  tf.backend_util.computeConv2DInfo(
    input,
    kernel,
    attrs.strides as Pair,
    (attrs.dilations ?? 1) as Pair,
    attrs.pad as Pad,
    attrs.dimRoundingMode as 'floor' | 'round' | 'ceil' | undefined,
    depthwise,
  )

let done = false

/** Supplies what the wasm backend lacks for training, and replaces what it computes wrongly or slowly. Before the backend starts. */
export function registerKernels(): void {
  if (done) return
  done = true

  register(tf.Conv2DBackpropFilter, ({ x, dy }, attrs) => {
    const [image, gradient] = [x as tf.Tensor4D, dy as tf.Tensor4D]
    const info = infoOf(image.shape, attrs.filterShape as Four, attrs, false)
    return conv2dKernelGradient(image, gradient, geometryOf(info))
  })
  register(tf.Conv2DBackpropInput, ({ dy, filter }, attrs) => {
    const kernel = filter as tf.Tensor4D
    const info = infoOf(attrs.inputShape as Four, kernel.shape, attrs, false)
    return conv2dInputGradient(dy as tf.Tensor4D, kernel, geometryOf(info))
  })
  register(tf.DepthwiseConv2dNativeBackpropFilter, ({ x, dy }, attrs) => {
    const [image, shape] = [x as tf.Tensor4D, attrs.filterShape as Four]
    const info = infoOf(image.shape, shape, attrs, true)
    return depthwiseKernelGradient(image, dy as tf.Tensor4D, geometryOf(info), shape[3])
  })
  register(tf.DepthwiseConv2dNativeBackpropInput, ({ dy, filter }, attrs) => {
    const kernel = filter as tf.Tensor4D
    const info = infoOf(attrs.inputShape as Four, kernel.shape, attrs, true)
    return depthwiseInputGradient(dy as tf.Tensor4D, kernel, geometryOf(info))
  })
  register(tf.UnsortedSegmentSum, ({ x, segmentIds }, attrs, backend) =>
    unsortedSegmentSum(x as tf.Tensor, segmentIds as tf.Tensor, attrs.numSegments as number, backend),
  )
  register(tf.MaxPoolGrad, ({ dy, input }, attrs, backend) => {
    const x = input as tf.Tensor4D
    const [size, strides] = [attrs.filterSize as Pair, attrs.strides as Pair]
    const info = tf.backend_util.computePool2DInfo(x.shape, size, strides, 1, attrs.pad as Pad)
    return onHeap(backend, x.shape, [x, dy as tf.Tensor], (dx, values, from) =>
      maxPoolGradient(values, from, dx, pooling2d(info)),
    )
  })
  register3d()
  registerFasterKernels()
  for (const name of [tf.Conv2D, tf.FusedConv2D]) wrap(name, (own) => padBefore(own, false))
  for (const name of [tf.DepthwiseConv2dNative, tf.FusedDepthwiseConv2D]) wrap(name, (own) => padBefore(own, true))
}

function register3d(): void {
  const poolInfo = (x: tf.Tensor, a: Attrs) =>
    pooling3d(
      tf.backend_util.computePool3DInfo(x.shape as Five, a.filterSize as Triple, a.strides as Triple, 1, a.pad as Pad),
    )
  register(tf.MaxPool3D, ({ x }, attrs, backend) => {
    const [input, p] = [x as tf.Tensor, poolInfo(x as tf.Tensor, attrs)]
    const shape = [p.batch, ...p.output, p.channels]
    return onHeap(backend, shape, [input], (y, values) => maxPool(values, y, p))
  })
  register(tf.MaxPool3DGrad, ({ dy, input }, attrs, backend) => {
    const [x, p] = [input as tf.Tensor, poolInfo(input as tf.Tensor, attrs)]
    return onHeap(backend, x.shape, [x, dy as tf.Tensor], (dx, values, from) => maxPoolGradient(values, from, dx, p))
  })
  register(tf.AvgPool3DGrad, ({ dy, input }, attrs, backend) => {
    const [x, p] = [input as tf.Tensor, poolInfo(input as tf.Tensor, attrs)]
    return onHeap(backend, x.shape, [dy as tf.Tensor], (dx, from) => averagePoolGradient(from, dx, p))
  })
  const convInfo = (input: Five, kernel: Five, a: Attrs) =>
    tf.backend_util.computeConv3DInfo(input, kernel, a.strides as Triple, 1, a.pad as 'same' | 'valid')
  register(tf.Conv3DBackpropFilterV2, ({ x, dy }, attrs) => {
    const image = x as tf.Tensor5D
    return conv3dKernelGradient(image, dy as tf.Tensor5D, convInfo(image.shape, attrs.filterShape as Five, attrs))
  })
  register(tf.Conv3DBackpropInputV2, ({ dy, filter }, attrs) => {
    const kernel = filter as tf.Tensor5D
    return conv3dInputGradient(dy as tf.Tensor5D, kernel, convInfo(attrs.inputShape as Five, kernel.shape, attrs))
  })
}

/** The backend's convolutions are wrong for 'same' padding with a stride beyond the kernel: there the padding is done before. */
const padBefore =
  (own: Compute, depthwise: boolean): Compute =>
  (inputs, attrs, backend) => {
    const [x, filter] = [inputs.x as tf.Tensor4D, inputs.filter as tf.Tensor4D]
    const [sh, sw] = [attrs.strides].flat() as [number, number?]
    const beyond = sh > filter.shape[0] || (sw ?? sh) > filter.shape[1]
    if (attrs.pad !== 'same' || !beyond) return own(inputs, attrs, backend)
    return tf.tidy(() => {
      const framed = seen(x, geometryOf(infoOf(x.shape, filter.shape, attrs, depthwise)))
      return asTensor(own({ ...inputs, x: framed }, { ...attrs, pad: 'valid' }, backend), backend)
    })
  }

/** Adds up the slices of `x` that carry the same id: the gradient of a look-up. Ids below 0 count nowhere. */
function unsortedSegmentSum(x: tf.Tensor, ids: tf.Tensor, segments: number, backend: BackendWasm): tf.TensorInfo {
  const shape = [segments, ...x.shape.slice(ids.rank)]
  const out = backend.makeOutput(shape, x.dtype)
  const [to, from] = [backend.typedArrayFromHeap(out), backend.typedArrayFromHeap(x)]
  const at = backend.typedArrayFromHeap(ids)
  const width = x.size / Math.max(ids.size, 1)
  to.fill(0)
  for (let i = 0; i < ids.size; i++) {
    const id = at[i] ?? -1
    if (id < 0 || id >= segments) continue
    for (let j = 0; j < width; j++) to[id * width + j] = (to[id * width + j] ?? 0) + (from[i * width + j] ?? 0)
  }
  return out
}
