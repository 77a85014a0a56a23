import { flattenTorch } from '../export/torch/shapes'
import { defineLayer, elements, isKnown } from '../layer'
import { tfLayer } from '../tfjs'

export const flatten = defineLayer({
  label: 'Flatten',
  category: 'shape',
  doc: { summary: 'Lays all elements out as one vector.', formula: 'y[(i·W + j)·C + c] = x[i,j,c]' },
  fields: {},
  inputs: { min: 1, max: 1 },
  view: true,
  examples: [{ params: {}, inputs: [[5, 5, 16]], outputs: [[400]], macs: 0 }],
  shape: ([x = null]) => ({ outputs: [[isKnown(x) ? elements(x) : null]] }),
  // A flat input is left as it is: tfjs's own layer refuses it.
  tfjs: (_, [x = []]) => (x.length < 2 ? [] : [tfLayer('flatten', {})]),
  onnx: (g, [x], _, y) => (x.shape.length < 2 ? x : g.reshape(x, y)),
  pytorch: (g, [x]) => flattenTorch(g, x),
})
