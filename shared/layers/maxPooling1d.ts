import { digestWindow } from '../digest'
import { poolOnnx } from '../export/onnx/pooling'
import { poolTorch } from '../export/torch/pooling'
import { defineLayer } from '../layer'
import { poolCost, poolFields, poolShape, poolTfjs } from '../pooling'
import { tfLayer } from '../tfjs'

export const maxPooling1d = defineLayer({
  label: 'Max pooling 1D',
  category: 'pooling',
  doc: {
    summary: 'Keeps the largest value of each window.',
    formula: 'y[i,c] = max over the window of x[·,c]',
  },
  fields: poolFields(1),
  inputs: { min: 1, max: 1 },
  examples: [
    { params: {}, inputs: [[5, 3]], outputs: [[2, 3]], macs: 0 },
    { params: { ceilMode: true }, inputs: [[5, 3]], outputs: [[3, 3]], macs: 0 },
    { params: { poolSize: [3], padding: [1, 1] }, inputs: [[112, 64]], outputs: [[56, 64]], macs: 0 },
  ],
  shape: ([x = null], p) => poolShape(x, p, 1, 'Max pooling 1D'),
  cost: ([x = []], [y = []], p) => poolCost(x, y, p),
  digest: (p) => digestWindow(p.poolSize, p.strides, p.padding),
  tfjs: (p, inputs) =>
    poolTfjs('max', p, inputs, (padding) =>
      tfLayer('maxPooling1d', { poolSize: p.poolSize[0] ?? 1, strides: p.strides[0] ?? 1, padding }),
    ),
  onnx: (g, [x], p, y) => poolOnnx(g, 'MaxPool', x, p, y),
  pytorch: (g, [x], p, y) => poolTorch(g, 'Max', x, p, y),
})
