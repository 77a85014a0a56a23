import * as tf from '@tensorflow/tfjs'
import { frame, type Geometry } from '../convGradients'

/**
 * Gradient of a convolution without strides and dilation in its kernel, as one matrix product. For a kernel of kh×kw taps,
 *
 *     dw[u,v,c,o] = Σ over n,i,j of x[n, i+u−top, j, c] · dy[n, i, j−v+left, o]
 *
 * so the input moved along the height by every u, side by side as channels, times dy moved along the width by every v, gives all taps at
 * once: kh + kw copies in place of the kh·kw of windows laid side by side. Shapes are NHWC.
 */
export function productKernelGradient(x: tf.Tensor4D, dy: tf.Tensor4D, g: Geometry): tf.Tensor4D {
  return tf.tidy(() => {
    const [kh, kw] = g.kernel
    const [c, o] = [x.shape[3], dy.shape[3]]
    const [top, left] = g.before
    const size = [g.output[0], g.input[1]] as const
    const xs = tf.concat(
      upTo(kh).map((u) => frame(x, [top - u, 0], size)),
      3,
    )
    const dys = tf.concat(
      upTo(kw).map((v) => frame(dy, [0, v - left], size)),
      3,
    )
    const dw = tf.matMul(tf.reshape(xs, [-1, kh * c]), tf.reshape(dys, [-1, kw * o]), true)
    return tf.transpose(tf.reshape(dw, [kh, c, kw, o]), [0, 2, 1, 3]) as tf.Tensor4D
  })
}
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

/** Products that gain as much time, per element of a copy, as the copying takes; between the last shape below and the others. */
const PAYS = 70

/**
 * Whether the product pays. On two cores with AVX2, ms for a batch of 64 by oneDNN's kernel → as a product: 3×3 taps, 64 → 64 channels,
 * 32×32: 89 → 70; 128, 16×16: 62 → 52; 256, 8×8: 58 → 39; 512, 4×4: 80 → 32; but 32 → 64, 16×16: 8.4 → 8.9. What is gained grows
 * with taps and both channels, what copying costs with the sum of the channels and a side of the kernel. Without copies, for 1×1 taps,
 * it depends on the shape: 64 → 128, 32×32: 12 → 18; 96 → 24, 24×24: 5.9 → 3.7.
 */
export function productPays(
  { dilations, input, kernel, strides }: Geometry,
  channels: number,
  filters: number,
): boolean {
  const [kh, kw] = kernel
  if ([...strides, ...dilations].some((n) => n !== 1) || kh > input[0] || kw > input[1]) return false
  return kh * kw > 1 && kh * kw * channels * filters > PAYS * (kh * channels + kw * filters)
}
