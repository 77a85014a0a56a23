import * as tf from '@tensorflow/tfjs'
import { type Geometry, geometryOf } from '../convGradients'
import { attribute, execute, type NodeBackend, nodeBackend } from './compiled/binding'
import { isBiasGradient } from './fused'
import { wrap } from './kernels'

type Four = [number, number, number, number]
type Attrs = Readonly<Record<string, unknown>>
let done = false

/** Gradients of convolutions by our own operators, which are for processors only. After they are loaded. */
export function registerConvolution(): void {
  const backend = nodeBackend()
  if (done || !backend || backend.isUsingGpuDevice) return
  done = true
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
 * Whether our operators are faster. On two cores with AVX2, in GFLOP/s of one of them, gradient of the kernel and of the input: 3×3 taps
 * between 64 channels 70 and 72, between 128: 62 and 78, where oneDNN has 20 to 40; but between 256: 49 and 39. With a single tap both
 * depend on the shape.
 */
function pays([height, width, channels, filters]: Four): boolean {
  const taps = height * width
  return taps > 1 && taps * channels * filters <= MOST_WEIGHTS
}

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

const run = (
  backend: NodeBackend,
  op: string,
  inputs: readonly tf.Tensor[],
  size: readonly [number, number],
  { before, strides }: Geometry,
): tf.Tensor => {
  const lists = { size, before, strides }
  const attributes = Object.entries(lists).map(([name, values]) => attribute.ints(name, values))
  return execute(backend, op, attributes, inputs)[0]
}
