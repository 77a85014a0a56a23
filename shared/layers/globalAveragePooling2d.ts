import { globalPoolOnnx } from '../export/onnx/pooling'
import { globalPoolTorch } from '../export/torch/pooling'
import { globalPoolCost, globalPoolShape } from '../globalPooling'
import { defineLayer } from '../layer'
import { tfLayer } from '../tfjs'

export const globalAveragePooling2d = defineLayer({
  label: 'Global average pooling 2D',
  category: 'pooling',
  doc: {
    summary: 'One number per channel: the mean over the whole map.',
    formula: 'y[c] = mean over i,j of x[i,j,c]',
    source: 'Lin et al., Network in network, 2014',
  },
  fields: {},
  inputs: { min: 1, max: 1 },
  examples: [{ params: {}, inputs: [[7, 7, 512]], outputs: [[512]], macs: 0 }],
  shape: ([x = null]) => globalPoolShape(x, 2, 'Global average pooling 2D'),
  cost: ([x = []]) => globalPoolCost(x),
  tfjs: () => [tfLayer('globalAveragePooling2d', {})],
  onnx: (g, [x], _, y) => globalPoolOnnx(g, 'GlobalAveragePool', x, y),
  pytorch: (g, [x], _, y) => globalPoolTorch(g, 'mean', x, y),
})
