import * as tf from '@tensorflow/tfjs'
import { conv2dInputGradient, conv2dKernelGradient, type Geometry } from './convGradients'

/** A convolution over three axes as a sum of convolutions over two, one for each depth of its kernel. */
interface Tap {
  readonly depth: number
  /** The outputs whose window has this tap inside the input. */
  readonly first: number
  readonly count: number
  /** Depth in the input of the first of them. */
  readonly start: number
}

function tapsOf(info: tf.backend_util.Conv3DInfo): readonly Tap[] {
  const { inDepth, outDepth, filterDepth, strideDepth: s, dilationDepth: d, padInfo } = info
  return Array.from({ length: filterDepth }, (_, depth) => {
    const offset = depth * d - padInfo.front
    const first = Math.max(Math.ceil(-offset / s), 0)
    const last = Math.min(Math.floor((inDepth - 1 - offset) / s), outDepth - 1)
    return { depth, first, count: Math.max(last - first + 1, 0), start: first * s + offset }
  })
}

const flat = (info: tf.backend_util.Conv3DInfo): Geometry => ({
  input: [info.inHeight, info.inWidth],
  output: [info.outHeight, info.outWidth],
  kernel: [info.filterHeight, info.filterWidth],
  strides: [info.strideHeight, info.strideWidth],
  dilations: [info.dilationHeight, info.dilationWidth],
  before: [info.padInfo.top, info.padInfo.left],
})

/** Depths `start`, `start + step`, … of a tensor, with batch and depth as one axis. */
function planes(x: tf.Tensor5D, start: number, count: number, step: number): tf.Tensor4D {
  const [n, , h, w, c] = x.shape
  const part = tf.stridedSlice(x, [0, start, 0, 0, 0], [n, start + (count - 1) * step + 1, h, w, c], [1, step, 1, 1, 1])
  return tf.reshape(part, [n * count, h, w, c])
}

export function conv3dKernelGradient(x: tf.Tensor5D, dy: tf.Tensor5D, info: tf.backend_util.Conv3DInfo): tf.Tensor5D {
  return tf.tidy(() => {
    const { filterHeight, filterWidth, inChannels, outChannels } = info
    const parts = tapsOf(info).map(({ first, count, start }) =>
      count === 0
        ? tf.zeros([filterHeight, filterWidth, inChannels, outChannels])
        : conv2dKernelGradient(planes(x, start, count, info.strideDepth), planes(dy, first, count, 1), flat(info)),
    )
    return tf.stack(parts) as tf.Tensor5D
  })
}

export function conv3dInputGradient(
  dy: tf.Tensor5D,
  kernel: tf.Tensor5D,
  info: tf.backend_util.Conv3DInfo,
): tf.Tensor5D {
  return tf.tidy(() => {
    const { batchSize: n, inDepth, inHeight, inWidth, inChannels, strideDepth: s } = info
    const size = inHeight * inWidth * inChannels
    let sum: tf.Tensor = tf.zeros([n, inDepth * size])
    for (const { depth, first, count, start } of tapsOf(info)) {
      if (count === 0) continue
      const plane = tf.squeeze<tf.Tensor4D>(tf.slice(kernel, depth, 1), [0])
      const dx = conv2dInputGradient(planes(dy, first, count, 1), plane, flat(info))
      // To every s-th depth, from `start` on.
      const apart = tf.reshape(tf.pad(tf.reshape(dx, [n * count, size]), sides(0, (s - 1) * size)), [
        n,
        count * s * size,
      ])
      const used = Math.min(count * s, inDepth - start)
      const placed = tf.pad(
        tf.slice(apart, [0, 0], [n, used * size]),
        sides(start * size, (inDepth - start - used) * size),
      )
      sum = tf.add(sum, placed)
    }
    return tf.reshape(sum, info.inShape)
  })
}

const sides = (before: number, after: number): [number, number][] => [
  [0, 0],
  [before, after],
]
