import { activationFlops } from '../activations'
import { activationField, bias, useBiasField } from '../convolution'
import { digestWindow } from '../digest'
import { onnxActivations } from '../export/onnx/activations'
import { padsOf } from '../export/onnx/convolution'
import { transposedConvTorch } from '../export/torch/transposed'
import { int, type Padding, padding, tuple } from '../fields'
import { defineLayer, elements } from '../layer'
import { draft } from '../problems'
import { ofRank } from '../rank'
import { crop2d, pair, tfLayer } from '../tfjs'

interface Params {
  readonly kernelSize: readonly number[]
  readonly strides: readonly number[]
  readonly padding: Padding
}
const [kernelOf, strideOf] = [
  (p: Params, axis: number) => p.kernelSize[axis] ?? 1,
  (p: Params, axis: number) => p.strides[axis] ?? 1,
]

/** What 'valid' makes of n positions, also where the kernel is smaller than the step: TensorFlow's rule. */
const fullSize = (n: number, k: number, s: number): number => n * s + Math.max(k - s, 0)

/** `(n−1)·s + k − before − after`, or n·s with 'same'. */
function sizeOf(n: number | null, p: Params, axis: number): number | null {
  if (n === null) return null
  const [k, s] = [kernelOf(p, axis), strideOf(p, axis)]
  if (p.padding === 'same') return n * s
  if (p.padding === 'valid') return fullSize(n, k, s)
  return (n - 1) * s + k - (p.padding[axis * 2] ?? 0) - (p.padding[axis * 2 + 1] ?? 0)
}

function beforeOf(p: Params, axis: number): number {
  if (p.padding === 'valid') return 0
  if (p.padding === 'same') return Math.floor(Math.max(kernelOf(p, axis) - strideOf(p, axis), 0) / 2)
  return p.padding[axis * 2] ?? 0
}

export const conv2dTranspose = defineLayer({
  label: 'Transposed conv 2D',
  category: 'convolution',
  doc: {
    summary:
      'The gradient of a convolution used forward: every input element paints a kernel, which makes maps larger.',
    formula: 'y[s·i + u − p, s·j + v − p, o] += w[u,v,o,c] · x[i,j,c]; size (n − 1)·s + k − 2p',
    source: 'Zeiler et al., Deconvolutional networks, 2010',
  },
  fields: {
    filters: int({ default: 32, max: 65_536, help: 'Number of output channels.' }),
    kernelSize: tuple({ default: [3, 3], max: 1000, help: 'Size of the kernel per axis.' }),
    strides: tuple({ default: [2, 2], max: 1000, help: 'By how much the map grows per axis.' }),
    padding: padding({
      default: 'same',
      axes: 2,
      help: "'same' makes size × stride, 'valid' keeps the overhang of the kernel, or explicit amounts to cut off.",
    }),
    activation: activationField,
    useBias: useBiasField,
  },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { filters: 1, kernelSize: [4, 4], strides: [3, 3], padding: 'valid', useBias: false },
      inputs: [[2, 2, 1]],
      outputs: [[7, 7, 1]],
      weights: { kernel: [4, 4, 1, 1] },
      macs: 64,
    },
    {
      params: { filters: 8, kernelSize: [4, 4], padding: [1, 1, 1, 1] },
      inputs: [[7, 7, 16]],
      outputs: [[14, 14, 8]],
      weights: { kernel: [4, 4, 8, 16], bias: [8] },
      macs: 100_352,
    },
  ],
  shape([x = null], p) {
    const input = ofRank(x, 3, 'Transposed conv 2D')
    const sizes = [0, 1].map((axis) => sizeOf(input.shape[axis] ?? null, p, axis))
    const empty = sizes.some((n) => n !== null && n < 1)
    return {
      outputs: [[...sizes.map((n) => (n !== null && n < 1 ? null : n)), p.filters]],
      problems: [
        ...input.problems,
        ...(empty && typeof p.padding !== 'string'
          ? [
              draft('transposePadding', { padding: p.padding.join(', ') }, 'padding', {
                kind: 'set',
                params: { padding: 'same' },
              }),
            ]
          : []),
      ],
    }
  },
  weights: ([x = null], p) => [
    { name: 'kernel', shape: [...p.kernelSize, p.filters, x?.length === 3 ? (x[2] ?? null) : null], trainable: true },
    ...bias(p.useBias, p.filters),
  ],
  // MACs: every input element times the kernel and the filters.
  cost([x = []], [y = []], p) {
    const n = elements(y)
    const macs = elements(x) * elements(p.kernelSize) * p.filters
    const axes = [0, 1]
    return {
      macs,
      flops: 2 * macs + (p.useBias ? n : 0) + activationFlops(p.activation, n),
      window: {
        size: axes.map((a) => Math.ceil(kernelOf(p, a) / strideOf(p, a))),
        strides: axes.map((a) => 1 / strideOf(p, a)),
        dilation: [1, 1],
        before: axes.map((a) => Math.max(Math.floor((kernelOf(p, a) - 1 - beforeOf(p, a)) / strideOf(p, a)), 0)),
      },
    }
  },
  digest: (p) => digestWindow(p.kernelSize, p.strides, p.padding, p.filters),
  tfjs({ padding, ...p }, [x = []]) {
    const layer = tfLayer('conv2dTranspose', {
      ...p,
      kernelSize: pair(p.kernelSize),
      strides: pair(p.strides),
      padding: padding === 'same' ? 'same' : 'valid',
    })
    if (typeof padding === 'string') return [layer]
    // 'valid', then what is to be cut off.
    const cuts = [0, 1].flatMap((axis) => {
      const [n, k, s] = [x[axis] ?? 1, p.kernelSize[axis] ?? 1, p.strides[axis] ?? 1]
      const before = padding[axis * 2] ?? 0
      return [before, fullSize(n, k, s) - before - ((n - 1) * s + k - before - (padding[axis * 2 + 1] ?? 0))]
    })
    return [layer, crop2d(cuts)]
  },
  onnx(g, [x], p, y) {
    const axes = [0, 1]
    // What the kernel reaches beyond the result is cut off; what it does not reach is the bias alone.
    const cut = axes.flatMap((a) => {
      const before = beforeOf(p, a)
      const full = ((x.shape[a] ?? 1) - 1) * strideOf(p, a) + kernelOf(p, a)
      return [before, full - before - (y[a] ?? 1)]
    })
    const bias = g.optionalWeight('bias')
    const inputs = [g.first(x).name, g.weight('kernel', { perm: [3, 2, 0, 1] }), ...(bias === null ? [] : [bias])]
    const name = g.op('ConvTranspose', inputs, {
      kernel_shape: p.kernelSize,
      strides: p.strides,
      pads: padsOf(cut.map((n) => Math.max(n, 0))),
      output_padding: axes.map((a) => Math.max(-(cut[2 * a + 1] ?? 0), 0)),
    })
    return onnxActivations[p.activation](g, { name, shape: y, layout: 'first' })
  },
  pytorch: (g, [x], p, y) => transposedConvTorch(g, x, { ...p, before: [0, 1].map((a) => beforeOf(p, a)) }, y),
})
