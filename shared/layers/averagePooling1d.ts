import { digestWindow } from '../digest'
import { poolOnnx } from '../export/onnx/pooling'
import { poolTorch } from '../export/torch/pooling'
import { defineLayer } from '../layer'
import { poolCost, poolFields, poolShape, poolTfjs } from '../pooling'
import { tfLayer } from '../tfjs'

export const averagePooling1d = defineLayer({
  label: 'Average pooling 1D',
  category: 'pooling',
  doc: {
    summary: 'Keeps the mean of each window; padding is left out of the mean.',
    formula: 'y[i,c] = mean over the window of x[·,c]',
  },
  fields: poolFields(1),
  inputs: { min: 1, max: 1 },
  examples: [
    { params: {}, inputs: [[5, 3]], outputs: [[2, 3]], macs: 0 },
    { params: { ceilMode: true }, inputs: [[5, 3]], outputs: [[3, 3]], macs: 0 },
    { params: { poolSize: [3], padding: [1, 1] }, inputs: [[112, 64]], outputs: [[56, 64]], macs: 0 },
  ],
  shape: ([x = null], p) => poolShape(x, p, 1, 'Average pooling 1D'),
  cost: ([x = []], [y = []], p) => poolCost(x, y, p),
  digest: (p) => digestWindow(p.poolSize, p.strides, p.padding),
  tfjs: (p, inputs) =>
    poolTfjs('average', p, inputs, (padding) =>
      tfLayer('averagePooling1d', { poolSize: p.poolSize[0] ?? 1, strides: p.strides[0] ?? 1, padding }),
    ),
  onnx: (g, [x], p, y) => poolOnnx(g, 'AveragePool', x, p, y),
  pytorch: (g, [x], p, y) => poolTorch(g, 'Avg', x, p, y),
})
