import { foldOnnx } from '../export/onnx/merge'
import { infixTorch } from '../export/torch/merge'
import { defineLayer } from '../layer'
import { mergeCost, mergeShape } from '../merge'
import { tfLayer } from '../tfjs'

export const multiply = defineLayer({
  label: 'Multiply',
  category: 'merge',
  doc: {
    summary: 'Product of its inputs, element by element; a size of 1 is stretched, which scales whole channels.',
    formula: 'y = x₁ · x₂ · …',
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
    {
      params: {},
      inputs: [
        [8, 8, 16],
        [1, 1, 16],
      ],
      outputs: [[8, 8, 16]],
      macs: 0,
    },
  ],
  shape: (inputs) => mergeShape(inputs, 'stretch'),
  cost: (inputs, [y = []]) => mergeCost(inputs, y),
  tfjs: () => [tfLayer('multiply', {})],
  onnx: (g, inputs, _, y) => foldOnnx(g, 'Mul', inputs, y),
  pytorch: (g, inputs, _, y) => infixTorch(g, '*', inputs, y),
})
