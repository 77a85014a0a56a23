import { mergeOnnx } from '../export/onnx/merge'
import { infixTorch } from '../export/torch/merge'
import { defineLayer } from '../layer'
import { mergeCost, mergeShape } from '../merge'
import { tfLayer } from '../tfjs'

export const add = defineLayer({
  label: 'Add',
  category: 'merge',
  doc: {
    summary: 'Sum of its inputs, element by element; the shortcut of residual networks.',
    formula: 'y = x₁ + x₂ + …',
    source: 'He et al., Deep residual learning, 2016',
  },
  fields: {},
  inputs: { min: 2, max: Number.POSITIVE_INFINITY },
  examples: [
    {
      params: {},
      inputs: [
        [8, 8, 16],
        [8, 8, 16],
      ],
      outputs: [[8, 8, 16]],
      macs: 0,
    },
  ],
  shape: (inputs) => mergeShape(inputs),
  cost: (inputs, [y = []]) => mergeCost(inputs, y),
  tfjs: () => [tfLayer('add', {})],
  onnx: (g, inputs, _, y) => mergeOnnx(g, 'Sum', inputs, y),
  pytorch: (g, inputs, _, y) => infixTorch(g, '+', inputs, y),
})
