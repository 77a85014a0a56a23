import { globalPoolOnnx } from '../export/onnx/pooling'
import { globalPoolTorch } from '../export/torch/pooling'
import { globalPoolCost, globalPoolShape } from '../globalPooling'
import { defineLayer } from '../layer'
import { tfLayer } from '../tfjs'

export const globalAveragePooling1d = defineLayer({
  label: 'Global average pooling 1D',
  category: 'pooling',
  doc: {
    summary: 'One number per channel: the mean over all steps.',
    formula: 'y[c] = mean over i of x[i,c]',
    source: 'Lin et al., Network in network, 2014',
  },
  fields: {},
  inputs: { min: 1, max: 1 },
  examples: [{ params: {}, inputs: [[20, 64]], outputs: [[64]], macs: 0 }],
  shape: ([x = null]) => globalPoolShape(x, 1, 'Global average pooling 1D'),
  cost: ([x = []]) => globalPoolCost(x),
  tfjs: () => [tfLayer('globalAveragePooling1d', {})],
  onnx: (g, [x], _, y) => globalPoolOnnx(g, 'GlobalAveragePool', x, y),
  pytorch: (g, [x], _, y) => globalPoolTorch(g, 'mean', x, y),
})
