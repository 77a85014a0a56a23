import { mergeOnnx } from '../export/onnx/merge'
import { averageTorch } from '../export/torch/merge'
import { defineLayer } from '../layer'
import { mergeCost, mergeShape } from '../merge'
import { tfLayer } from '../tfjs'

export const average = defineLayer({
  label: 'Average',
  category: 'merge',
  doc: {
    summary: 'Mean of its inputs, element by element.',
    formula: 'y = (x₁ + x₂ + …) / n',
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
  tfjs: () => [tfLayer('average', {})],
  onnx: (g, inputs, _, y) => mergeOnnx(g, 'Mean', inputs, y),
  pytorch: (g, inputs, _, y) => averageTorch(g, inputs, y),
})
