import { globalPoolOnnx } from '../export/onnx/pooling'
import { globalPoolTorch } from '../export/torch/pooling'
import { globalPoolCost, globalPoolShape } from '../globalPooling'
import { defineLayer } from '../layer'
import { tfLayer } from '../tfjs'

export const globalMaxPooling1d = defineLayer({
  label: 'Global max pooling 1D',
  category: 'pooling',
  doc: {
    summary: 'One number per channel: the largest over all steps.',
    formula: 'y[c] = max over i of x[i,c]',
  },
  fields: {},
  inputs: { min: 1, max: 1 },
  examples: [{ params: {}, inputs: [[20, 64]], outputs: [[64]], macs: 0 }],
  shape: ([x = null]) => globalPoolShape(x, 1, 'Global max pooling 1D'),
  cost: ([x = []]) => globalPoolCost(x),
  tfjs: () => [tfLayer('globalMaxPooling1d', {})],
  onnx: (g, [x], _, y) => globalPoolOnnx(g, 'GlobalMaxPool', x, y),
  pytorch: (g, [x], _, y) => globalPoolTorch(g, 'amax', x, y),
})
