import { globalPoolOnnx } from '../export/onnx/pooling'
import { globalPoolTorch } from '../export/torch/pooling'
import { globalPool3dTfjs, globalPoolCost, globalPoolShape } from '../globalPooling'
import { defineLayer } from '../layer'

export const globalMaxPooling3d = defineLayer({
  label: 'Global max pooling 3D',
  category: 'pooling',
  doc: {
    summary: 'One number per channel: the largest of the whole volume.',
    formula: 'y[c] = max over i,j,k of x[i,j,k,c]',
  },
  fields: {},
  inputs: { min: 1, max: 1 },
  examples: [{ params: {}, inputs: [[4, 7, 7, 64]], outputs: [[64]], macs: 0 }],
  shape: ([x = null]) => globalPoolShape(x, 3, 'Global max pooling 3D'),
  cost: ([x = []]) => globalPoolCost(x),
  tfjs: (_, [x = []]) => globalPool3dTfjs('globalMaxPooling1d', x),
  onnx: (g, [x], _, y) => globalPoolOnnx(g, 'GlobalMaxPool', x, y),
  pytorch: (g, [x], _, y) => globalPoolTorch(g, 'amax', x, y),
})
