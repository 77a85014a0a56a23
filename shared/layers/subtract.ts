import { foldOnnx } from '../export/onnx/merge'
import { infixTorch } from '../export/torch/merge'
import { defineLayer } from '../layer'
import { mergeCost, mergeShape } from '../merge'
import { customLayer } from '../tfjs'

export const subtract = defineLayer({
  label: 'Subtract',
  category: 'merge',
  doc: {
    summary: 'First input minus the second, element by element.',
    formula: 'y = x₁ − x₂',
  },
  fields: {},
  inputs: { min: 2, max: 2 },
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
  tfjs: () => [customLayer('subtract', {})],
  onnx: (g, inputs, _, y) => foldOnnx(g, 'Sub', inputs, y),
  pytorch: (g, inputs, _, y) => infixTorch(g, '-', inputs, y),
})
