import { convCost, convFields, convShape, convWeights, paddedTfjs } from '../convolution'
import { digestWindow } from '../digest'
import { convOnnx } from '../export/onnx/convolution'
import { convTorch } from '../export/torch/convolution'
import { defineLayer } from '../layer'
import { customLayer, pair, tfLayer } from '../tfjs'

export const conv2d = defineLayer({
  label: 'Conv 2D',
  category: 'convolution',
  doc: {
    summary: 'Slides learned kernels over height and width; each filter sees all channels of its group.',
    formula: 'y[i,j,o] = act(b[o] + Σ w[u,v,c,o] · x[s·i + d·u − p, s·j + d·v − p, c])',
    source: 'LeCun et al., Gradient-based learning applied to document recognition, 1998',
  },
  fields: convFields(2),
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { filters: 2, kernelSize: [3, 3], strides: [2, 2], padding: [1, 1, 1, 1] },
      inputs: [[5, 5, 3]],
      outputs: [[3, 3, 2]],
      weights: { kernel: [3, 3, 3, 2], bias: [2] },
      macs: 486,
    },
    {
      params: { filters: 256, groups: 8, useBias: false },
      inputs: [[14, 14, 256]],
      outputs: [[14, 14, 256]],
      weights: { kernel: [3, 3, 32, 256] },
      macs: 14_450_688,
    },
    {
      params: { filters: 4096, kernelSize: [7, 7], padding: 'valid' },
      inputs: [[7, 7, 512]],
      outputs: [[1, 1, 4096]],
      weights: { kernel: [7, 7, 512, 4096], bias: [4096] },
      macs: 102_760_448,
    },
  ],
  shape: ([x = null], p) => convShape(x, p, 2, 'Conv 2D'),
  weights: ([x = null], p) => convWeights(x, p, 2),
  cost: ([x = []], [y = []], p) => convCost(x, y, p),
  digest: (p) => digestWindow(p.kernelSize, p.strides, p.padding, p.filters),
  tfjs: ({ padding: pad, groups, ...p }, inputs) =>
    paddedTfjs({ ...p, padding: pad }, inputs, (padding) =>
      groups > 1
        ? customLayer('groupedConv2d', { ...p, groups, padding })
        : tfLayer('conv2d', {
            ...p,
            padding,
            kernelSize: [...p.kernelSize],
            strides: pair(p.strides),
            dilationRate: pair(p.dilationRate),
          }),
    ),
  onnx: (g, [x], p, y) => convOnnx(g, x, p, y),
  pytorch: (g, [x], p, y) => convTorch(g, x, p, y),
})
