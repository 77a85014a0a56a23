import { convCost, convFields, convShape, convWeights, paddedTfjs } from '../convolution'
import { digestWindow } from '../digest'
import { convOnnx } from '../export/onnx/convolution'
import { convTorch } from '../export/torch/convolution'
import { defineLayer } from '../layer'
import { customLayer, tfLayer, triple } from '../tfjs'

export const conv3d = defineLayer({
  label: 'Conv 3D',
  category: 'convolution',
  doc: {
    summary: 'Slides learned kernels over depth, height and width, as for video and scans.',
    formula: 'y[i,j,k,o] = act(b[o] + Σ w[t,u,v,c,o] · x[s·i + d·t − p, s·j + d·u − p, s·k + d·v − p, c])',
    source: 'Tran et al., Learning spatiotemporal features with 3D convolutional networks, 2015',
  },
  fields: convFields(3),
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { filters: 4, strides: [1, 2, 2] },
      inputs: [[8, 16, 16, 3]],
      outputs: [[8, 8, 8, 4]],
      weights: { kernel: [3, 3, 3, 3, 4], bias: [4] },
      macs: 165_888,
    },
    {
      params: { filters: 4, padding: [0, 0, 1, 1, 1, 1], groups: 2, useBias: false },
      inputs: [[5, 6, 6, 2]],
      outputs: [[3, 6, 6, 4]],
      weights: { kernel: [3, 3, 3, 1, 4] },
      macs: 11_664,
    },
  ],
  shape: ([x = null], p) => convShape(x, p, 3, 'Conv 3D'),
  weights: ([x = null], p) => convWeights(x, p, 3),
  cost: ([x = []], [y = []], p) => convCost(x, y, p),
  digest: (p) => digestWindow(p.kernelSize, p.strides, p.padding, p.filters),
  tfjs: ({ padding: pad, groups, ...p }, inputs) =>
    paddedTfjs({ ...p, padding: pad }, inputs, (padding) =>
      groups > 1
        ? customLayer('groupedConv3d', { ...p, groups, padding })
        : tfLayer('conv3d', {
            ...p,
            padding,
            kernelSize: triple(p.kernelSize),
            strides: triple(p.strides),
            dilationRate: triple(p.dilationRate),
          }),
    ),
  onnx: (g, [x], p, y) => convOnnx(g, x, p, y),
  pytorch: (g, [x], p, y) => convTorch(g, x, p, y),
})
