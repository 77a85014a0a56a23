import { digestWindow } from '../digest'
import { poolOnnx } from '../export/onnx/pooling'
import { poolTorch } from '../export/torch/pooling'
import { defineLayer } from '../layer'
import { poolCost, poolFields, poolShape, poolTfjs } from '../pooling'
import { tfLayer, triple } from '../tfjs'

export const averagePooling3d = defineLayer({
  label: 'Average pooling 3D',
  category: 'pooling',
  doc: {
    summary: 'Keeps the mean of each window; padding is left out of the mean.',
    formula: 'y[i,j,k,c] = mean over the window of x[·,·,·,c]',
  },
  fields: poolFields(3),
  inputs: { min: 1, max: 1 },
  examples: [
    { params: {}, inputs: [[5, 5, 5, 3]], outputs: [[2, 2, 2, 3]], macs: 0 },
    { params: { ceilMode: true }, inputs: [[5, 5, 5, 3]], outputs: [[3, 3, 3, 3]], macs: 0 },
    {
      params: { poolSize: [3, 3, 3], padding: [1, 1, 1, 1, 1, 1] },
      inputs: [[16, 16, 16, 8]],
      outputs: [[8, 8, 8, 8]],
      macs: 0,
    },
  ],
  shape: ([x = null], p) => poolShape(x, p, 3, 'Average pooling 3D'),
  cost: ([x = []], [y = []], p) => poolCost(x, y, p),
  digest: (p) => digestWindow(p.poolSize, p.strides, p.padding),
  tfjs: (p, inputs) =>
    poolTfjs('average', p, inputs, (padding) =>
      tfLayer('averagePooling3d', { poolSize: triple(p.poolSize), strides: triple(p.strides), padding }),
    ),
  onnx: (g, [x], p, y) => poolOnnx(g, 'AveragePool', x, p, y),
  pytorch: (g, [x], p, y) => poolTorch(g, 'Avg', x, p, y),
})
