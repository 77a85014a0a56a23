import { lrnOnnx } from '../export/onnx/normalization'
import { lrnTorch } from '../export/torch/normalization'
import { float, int } from '../fields'
import { defineLayer, elements } from '../layer'
import { ofRank } from '../rank'
import { customLayer } from '../tfjs'

export const lrn = defineLayer({
  label: 'Local response normalization',
  category: 'normalization',
  doc: {
    summary: 'Divides each value by the strength of its neighbouring channels at the same position.',
    formula: 'y[c] = x[c] / (k + α · Σ x[c − r … c + r]²)^β, r the radius; Caffe and PyTorch divide α by 2r + 1',
    source: 'Krizhevsky et al., ImageNet classification with deep convolutional neural networks, 2012',
  },
  fields: {
    depthRadius: int({ default: 2, max: 1000, help: 'Neighbours on each side; 2 makes a window of 5 channels.' }),
    bias: float({ default: 2, min: 0, max: 1000, open: true, help: 'The constant k.' }),
    alpha: float({ default: 0.0001, min: 0, max: 1000, help: 'Weight of the neighbours.' }),
    beta: float({ default: 0.75, min: 0, max: 10, help: 'Exponent of the denominator.' }),
  },
  inputs: { min: 1, max: 1 },
  examples: [{ params: {}, inputs: [[55, 55, 96]], outputs: [[55, 55, 96]], macs: 0 }],
  shape([x = null]) {
    const { shape, problems } = ofRank(x, 3, 'Local response normalization')
    return { outputs: [shape], problems }
  },
  // A square and an addition per neighbour, then multiply, add, power, divide.
  cost: ([x = []], _, p) => ({ macs: 0, flops: elements(x) * (2 * (2 * p.depthRadius + 1) + 4) }),
  digest: (p) => `${2 * p.depthRadius + 1} channels`,
  tfjs: (p) => [customLayer('lrn', p)],
  onnx: (g, [x], p) => lrnOnnx(g, x, p),
  pytorch: (g, [x], p) => lrnTorch(g, x, p),
})
