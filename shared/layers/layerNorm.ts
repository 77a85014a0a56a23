import { checkAxis, tfjsAxis } from '../axes'
import { layerNormOnnx } from '../export/onnx/normalization'
import { layerNormTorch } from '../export/torch/normalization'
import { list } from '../fields'
import { defineLayer, elements } from '../layer'
import { affineFlops, affineWeights, centerField, epsilonField, scaleField } from '../normalization'
import { tfLayer } from '../tfjs'

/** The axes in the order of the shape, each once. */
const places = (axis: readonly number[], rank: number): number[] =>
  [...new Set(axis.map((a) => (a < 0 ? a + rank : a)))].sort((a, b) => a - b)

export const layerNorm = defineLayer({
  label: 'Layer normalization',
  category: 'normalization',
  doc: {
    summary: 'Brings each sample to zero mean and unit variance over the chosen axes, whatever the batch.',
    formula: 'y = γ · (x − mean) / √(variance + ε) + β',
    source: 'Ba, Kiros, Hinton, Layer normalization, 2016',
  },
  fields: {
    axis: list({ default: [-1], min: -8, max: 7, help: 'The axes to take mean and variance over; −1 is the last.' }),
    epsilon: epsilonField,
    center: centerField,
    scale: scaleField,
  },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: {},
      inputs: [[20, 64]],
      outputs: [[20, 64]],
      weights: { gamma: [64], beta: [64] },
      macs: 0,
    },
    {
      params: { axis: [0, 1, 2], center: false },
      inputs: [[8, 8, 16]],
      outputs: [[8, 8, 16]],
      weights: { gamma: [8, 8, 16] },
      macs: 0,
    },
    {
      params: {},
      inputs: [[3, 4, 2, 5]],
      outputs: [[3, 4, 2, 5]],
      weights: { gamma: [5], beta: [5] },
      macs: 0,
    },
  ],
  shape: ([x = null], p) => ({
    outputs: [x],
    problems: p.axis.flatMap((axis) => checkAxis(x, axis, [-1])).slice(0, 1),
  }),
  weights: ([x = null], p) =>
    x === null
      ? []
      : affineWeights(
          places(p.axis, x.length).map((a) => x[a] ?? null),
          p,
        ),
  // Mean and variance take three more.
  cost: ([x = []], _, p) => ({ macs: 0, flops: elements(x) * (3 + affineFlops(p)) }),
  digest: (p) => (p.axis.join() === '-1' ? '' : `axis ${p.axis.join(', ')}`),
  tfjs: ({ axis, ...p }, [x = []]) => [
    tfLayer('layerNormalization', { ...p, axis: places(axis, x.length).map(tfjsAxis) }),
  ],
  onnx: (g, [x], p) => layerNormOnnx(g, x, p),
  pytorch: (g, [x], p) => layerNormTorch(g, x, p),
})
