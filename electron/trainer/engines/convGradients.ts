import * as tf from '@tensorflow/tfjs'

/** What a 2-D convolution did: sizes, padding before, strides and dilation, each as `[vertical, horizontal]`. */
export interface Geometry {
  readonly input: readonly [number, number]
  readonly output: readonly [number, number]
  readonly kernel: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly dilations: readonly [number, number]
  readonly before: readonly [number, number]
}

export function geometryOf(info: tf.backend_util.Conv2DInfo): Geometry {
  return {
    input: [info.inHeight, info.inWidth],
    output: [info.outHeight, info.outWidth],
    kernel: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    before: [info.padInfo.top, info.padInfo.left],
  }
}

/** Brings axes 1 and 2 to a size by padding with zeros or cropping: `before` elements are added in front, cut off where negative. */
export function frame(x: tf.Tensor4D, before: readonly [number, number], size: readonly [number, number]): tf.Tensor4D {
  const [n, h, w, c] = x.shape
  const cut = before.map((b) => Math.max(-b, 0)) as [number, number]
  const front = before.map((b) => Math.max(b, 0)) as [number, number]
  const kept = [Math.min(h - cut[0], size[0] - front[0]), Math.min(w - cut[1], size[1] - front[1])] as const
  const part =
    kept[0] === h && kept[1] === w
      ? x
      : tf.slice4d(x, [0, cut[0], cut[1], 0], [n, Math.max(kept[0], 0), Math.max(kept[1], 0), c])
  const back = [size[0] - front[0] - kept[0], size[1] - front[1] - kept[1]] as const
  if (front[0] + front[1] + back[0] + back[1] === 0) return part
  return tf.pad4d(part, [
    [0, 0],
    [front[0], back[0]],
    [front[1], back[1]],
    [0, 0],
  ])
}

/** Puts `stride − 1` zeros after each element of axes 1 and 2. */
export function spread(x: tf.Tensor4D, [sh, sw]: readonly [number, number]): tf.Tensor4D {
  if (sh === 1 && sw === 1) return x
  const [n, h, w, c] = x.shape
  const columns = tf.pad(tf.reshape(x, [n * h * w, c]), after((sw - 1) * c))
  const rows = tf.pad(tf.reshape(columns, [n * h, w * sw * c]), after((sh - 1) * w * sw * c))
  return tf.reshape(rows, [n, h * sh, w * sw, c])
}
const after = (count: number): [number, number][] => [
  [0, 0],
  [0, count],
]

/** dy, spread by the stride and framed so that a convolution with stride 1 over it gives a tensor of the input's size. */
function dyForInput(dy: tf.Tensor4D, g: Geometry): tf.Tensor4D {
  const reach = g.kernel.map((k, i) => (g.dilations[i] ?? 1) * (k - 1))
  const before: [number, number] = [(reach[0] ?? 0) - g.before[0], (reach[1] ?? 0) - g.before[1]]
  return frame(spread(dy, g.strides), before, [g.input[0] + (reach[0] ?? 0), g.input[1] + (reach[1] ?? 0)])
}

/** The part of the padded input that the windows saw. */
export function seen(x: tf.Tensor4D, g: Geometry): tf.Tensor4D {
  const size = [0, 1].map(
    (i) => (g.output[i as 0] - 1) * g.strides[i as 0] + g.dilations[i as 0] * (g.kernel[i as 0] - 1) + 1,
  )
  return frame(x, g.before, [size[0] ?? 0, size[1] ?? 0])
}

/** Gradient of a convolution in its input: dy spread by the stride, convolved with the kernel turned by 180° and its channels swapped. */
export function conv2dInputGradient(dy: tf.Tensor4D, kernel: tf.Tensor4D, g: Geometry): tf.Tensor4D {
  return tf.tidy(() => {
    const turned = tf.transpose(tf.reverse4d(kernel, [0, 1]), [0, 1, 3, 2])
    return tf.conv2d(dyForInput(dy, g), turned, 1, 'valid', 'NHWC', [...g.dilations])
  })
}

/**
 * Gradient of a convolution in its kernel: a convolution of the input, batch and channels swapped, with dy as the kernel. The stride
 * of the forward pass is its dilation and the other way round; a layer never has both.
 */
export function conv2dKernelGradient(x: tf.Tensor4D, dy: tf.Tensor4D, g: Geometry): tf.Tensor4D {
  return tf.tidy(() => {
    const xs = tf.transpose(seen(x, g), [3, 1, 2, 0])
    const dys = tf.transpose(dy, [1, 2, 0, 3])
    const dw = tf.conv2d(xs, dys, [...g.dilations], 'valid', 'NHWC', [...g.strides])
    return tf.transpose(dw, [1, 2, 0, 3])
  })
}

/** Gradient of a depthwise convolution in its input: as above, channel by channel, summed over the multiplier. */
export function depthwiseInputGradient(dy: tf.Tensor4D, kernel: tf.Tensor4D, g: Geometry): tf.Tensor4D {
  return tf.tidy(() => {
    const [kh, kw, c, m] = kernel.shape
    const turned = tf.reshape(tf.reverse4d(kernel, [0, 1]), [kh, kw, c * m, 1]) as tf.Tensor4D
    const dx = tf.depthwiseConv2d(dyForInput(dy, g), turned, 1, 'valid', 'NHWC', [...g.dilations])
    if (m === 1) return dx
    const [n, h, w] = dx.shape
    return tf.reshape(tf.sum(tf.reshape(dx, [n * h * w * c, m]), 1), [n, h, w, c]) as tf.Tensor4D
  })
}

/** Gradient of a depthwise convolution in its kernel, tap by tap: the sum over all positions of input times dy, as a product with ones. */
export function depthwiseKernelGradient(x: tf.Tensor4D, dy: tf.Tensor4D, g: Geometry, m: number): tf.Tensor4D {
  return tf.tidy(() => {
    const [n, oh, ow, cm] = dy.shape
    const c = cm / m
    const xs = seen(x, g)
    const positions = n * oh * ow
    const dys = tf.reshape(dy, [positions, c, m])
    const ones = tf.ones([1, positions]) as tf.Tensor2D
    const taps: tf.Tensor[] = []
    for (let u = 0; u < g.kernel[0]; u++)
      for (let v = 0; v < g.kernel[1]; v++) {
        const begin = [0, u * g.dilations[0], v * g.dilations[1], 0]
        const end = [n, (begin[1] ?? 0) + (oh - 1) * g.strides[0] + 1, (begin[2] ?? 0) + (ow - 1) * g.strides[1] + 1, c]
        const tap = tf.tidy(() => {
          const part = tf.stridedSlice(xs, begin, end, [1, g.strides[0], g.strides[1], 1])
          const product = tf.mul(tf.reshape(part, [positions, c, 1]), dys)
          return tf.matMul(ones, tf.reshape(product, [positions, cm]) as tf.Tensor2D)
        })
        taps.push(tap)
      }
    return tf.reshape(tf.concat(taps, 0), [g.kernel[0], g.kernel[1], c, m]) as tf.Tensor4D
  })
}
