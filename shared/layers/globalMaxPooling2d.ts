import { globalPoolOnnx } from '../export/onnx/pooling'
import { globalPoolTorch } from '../export/torch/pooling'
import { globalPoolCost, globalPoolShape } from '../globalPooling'
import { defineLayer } from '../layer'
import { tfLayer } from '../tfjs'

export const globalMaxPooling2d = defineLayer({
  label: 'Global max pooling 2D',
  category: 'pooling',
  doc: {
    summary: 'One number per channel: the largest of the whole map.',
    formula: 'y[c] = max over i,j of x[i,j,c]',
  },
  fields: {},
  inputs: { min: 1, max: 1 },
  examples: [{ params: {}, inputs: [[7, 7, 512]], outputs: [[512]], macs: 0 }],
  shape: ([x = null]) => globalPoolShape(x, 2, 'Global max pooling 2D'),
  cost: ([x = []]) => globalPoolCost(x),
  tfjs: () => [tfLayer('globalMaxPooling2d', {})],
  onnx: (g, [x], _, y) => globalPoolOnnx(g, 'GlobalMaxPool', x, y),
  pytorch: (g, [x], _, y) => globalPoolTorch(g, 'amax', x, y),
})
