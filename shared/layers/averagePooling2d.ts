import { digestWindow } from '../digest'
import { poolOnnx } from '../export/onnx/pooling'
import { poolTorch } from '../export/torch/pooling'
import { defineLayer } from '../layer'
import { poolCost, poolFields, poolShape, poolTfjs } from '../pooling'
import { pair, tfLayer } from '../tfjs'

export const averagePooling2d = defineLayer({
  label: 'Average pooling 2D',
  category: 'pooling',
  doc: {
    summary: 'Keeps the mean of each window; padding is left out of the mean.',
    formula: 'y[i,j,c] = mean over the window of x[·,·,c]',
  },
  fields: poolFields(2),
  inputs: { min: 1, max: 1 },
  examples: [
    { params: {}, inputs: [[5, 5, 3]], outputs: [[2, 2, 3]], macs: 0 },
    { params: { ceilMode: true }, inputs: [[5, 5, 3]], outputs: [[3, 3, 3]], macs: 0 },
    { params: { poolSize: [3, 3], padding: [1, 1, 1, 1] }, inputs: [[112, 112, 64]], outputs: [[56, 56, 64]], macs: 0 },
  ],
  shape: ([x = null], p) => poolShape(x, p, 2, 'Average pooling 2D'),
  cost: ([x = []], [y = []], p) => poolCost(x, y, p),
  digest: (p) => digestWindow(p.poolSize, p.strides, p.padding),
  tfjs: (p, inputs) =>
    poolTfjs('average', p, inputs, (padding) =>
      tfLayer('averagePooling2d', { poolSize: pair(p.poolSize), strides: pair(p.strides), padding }),
    ),
  onnx: (g, [x], p, y) => poolOnnx(g, 'AveragePool', x, p, y),
  pytorch: (g, [x], p, y) => poolTorch(g, 'Avg', x, p, y),
})
