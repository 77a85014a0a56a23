import * as tf from '@tensorflow/tfjs'
import { type Geometry, geometryOf } from '../convGradients'
import { type Attribute, attribute, execute, type NodeBackend, nodeBackend } from './compiled/binding'
import { uncut } from './compiled/fuseActivations'
import { isBiasGradient } from './fused'
import { wrap } from './kernels'

type Four = [number, number, number, number]
type Attrs = Readonly<Record<string, unknown>>
let done = false

/** Convolutions and their gradients by our own operators, which are for processors only. After they are loaded. */
export function registerConvolution(): void {
  const backend = nodeBackend()
  if (done || !backend || backend.isUsingGpuDevice) return
  done = true
  wrap(tf.FusedConv2D, ({ bias, filter, preluActivationWeights, x }, attrs) => {
    if (!x || !filter || bias?.rank !== 1 || preluActivationWeights) return null
    const kernel = filter.shape as Four
    // An activation that comes with it would have to be told here; those after it are taken up by the graph, see `fuseActivations`.
    if ((attrs.activation ?? 'linear') !== 'linear' || !isPlain(attrs) || !forwardPays(kernel)) return null
    const g = geometry(x.shape as Four, kernel, attrs)
    return run(backend, 'NetloomConvolution', [x, filter, bias], g.output, g)
  })
  wrap(tf.Conv2DBackpropInput, ({ dy, filter }, attrs) => {
    if (!dy || !filter) return null
    const kernel = filter.shape as Four
    const g = geometry(attrs.inputShape as Four, kernel, attrs)
    if (g.strides.some((s) => s !== 1) || !pays(kernel)) return null
    return run(backend, 'NetloomConvolutionInputGrad', [dy, filter], g.input, g)
  })
  wrap(tf.Conv2DBackpropFilter, ({ dy, x }, attrs) => {
    if (!dy || !x) return null
    const kernel = attrs.filterShape as Four
    const g = geometry(x.shape as Four, kernel, attrs)
    return pays(kernel) ? run(backend, 'NetloomConvolutionKernelGrad', [x, dy], g.kernel, g) : null
  })
  wrap(tf.Sum, ({ x }, attrs) =>
    x?.rank === 4 && isBiasGradient(x, attrs) ? execute(backend, 'NetloomConvolutionBiasGrad', [], [x])[0] : null,
  )
}

/** A kernel of 3×3 taps between 128 channels: about what stays in a processor's own cache while images pass by. */
const MOST_WEIGHTS = 3 * 3 * 128 * 128

/**
 * Whether the gradients are faster. On two cores with AVX2, in GFLOP/s of one of them, gradient of the kernel and of the input: 3×3 taps
 * between 64 channels 70 and 72, between 128: 62 and 78, where oneDNN has 20 to 40; but between 256: 49 and 39. With a single tap both
 * depend on the shape.
 */
function pays([height, width, channels, filters]: Four): boolean {
  const taps = height * width
  return taps > 1 && taps * channels * filters <= MOST_WEIGHTS
}

/**
 * Whether our convolution is faster. On two cores with AVX2, ms for a batch of 64, oneDNN's → ours: 5×5 taps, 1 → 6 channels, 28×28:
 * 2.5 → 1.0; 6 → 16, 10×10: 1.3 → 0.7; 3×3 taps, 16 → 16, 14×14: 1.9 → 1.4; 1 → 32, 26×26: 2.3 → 1.6; but 3 → 32, 32×32: 3.1 → 3.3, and
 * with more of both as much.
 */
function forwardPays([height, width, channels, filters]: Four): boolean {
  return height * width > 1 && (channels === 1 || (filters <= 16 && height * width * channels <= 150))
}

/** What our operators compute: maps of which the channels come last, nothing left out between taps. */
const isPlain = ({ dataFormat, dilations }: Attrs): boolean =>
  (dataFormat ?? 'NHWC') === 'NHWC' && [dilations ?? 1].flat().every((d) => d === 1)

const geometry = (input: Four, kernel: Four, { dimRoundingMode, pad, strides }: Attrs): Geometry =>
  geometryOf(
    tf.backend_util.computeConv2DInfo(
      input,
      kernel,
      strides as number | [number, number],
      1,
      pad as 'same' | 'valid' | number,
      dimRoundingMode as 'floor' | 'round' | 'ceil' | undefined,
    ),
  )

/** Attributes of an operator of which a window passes over maps; `size` is that of the result. */
export const windowAttributes = (
  size: readonly [number, number],
  { before, kernel, strides }: Geometry,
): readonly Attribute[] => [
  ...Object.entries({ size, before, strides, window: kernel }).map(([name, values]) => attribute.ints(name, values)),
  ...uncut,
]

const run = (
  backend: NodeBackend,
  op: string,
  inputs: readonly tf.Tensor[],
  size: readonly [number, number],
  g: Geometry,
): tf.Tensor => execute(backend, op, windowAttributes(size, g), inputs)[0]
