import { convCost, convFields, convShape, convWeights, paddedTfjs } from '../convolution'
import { digestWindow } from '../digest'
import { convOnnx } from '../export/onnx/convolution'
import { convTorch } from '../export/torch/convolution'
import { defineLayer } from '../layer'
import { customLayer, tfLayer } from '../tfjs'

export const conv1d = defineLayer({
  label: 'Conv 1D',
  category: 'convolution',
  doc: {
    summary: 'Slides learned kernels along a sequence; each filter sees all channels of its group.',
    formula: 'y[i,o] = act(b[o] + Σ w[u,c,o] · x[s·i + d·u − p, c])',
    source: 'Waibel et al., Phoneme recognition using time-delay neural networks, 1989',
  },
  fields: convFields(1),
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { filters: 8, kernelSize: [5], padding: 'valid' },
      inputs: [[100, 4]],
      outputs: [[96, 8]],
      weights: { kernel: [5, 4, 8], bias: [8] },
      macs: 15_360,
    },
    {
      params: { filters: 8, dilationRate: [2], padding: [4, 0], groups: 2, useBias: false },
      inputs: [[10, 4]],
      outputs: [[10, 8]],
      weights: { kernel: [3, 2, 8] },
      macs: 480,
    },
  ],
  shape: ([x = null], p) => convShape(x, p, 1, 'Conv 1D'),
  weights: ([x = null], p) => convWeights(x, p, 1),
  cost: ([x = []], [y = []], p) => convCost(x, y, p),
  digest: (p) => digestWindow(p.kernelSize, p.strides, p.padding, p.filters),
  tfjs: ({ padding: pad, groups, ...p }, inputs) =>
    paddedTfjs({ ...p, padding: pad }, inputs, (padding) =>
      groups > 1
        ? customLayer('groupedConv1d', { ...p, groups, padding })
        : tfLayer('conv1d', {
            ...p,
            padding,
            kernelSize: [...p.kernelSize],
            strides: p.strides[0] ?? 1,
            dilationRate: p.dilationRate[0] ?? 1,
          }),
    ),
  onnx: (g, [x], p, y) => convOnnx(g, x, p, y),
  pytorch: (g, [x], p, y) => convTorch(g, x, p, y),
})
