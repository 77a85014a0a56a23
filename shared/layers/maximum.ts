import { mergeOnnx } from '../export/onnx/merge'
import { foldTorch } from '../export/torch/merge'
import { defineLayer } from '../layer'
import { mergeCost, mergeShape } from '../merge'
import { tfLayer } from '../tfjs'

export const maximum = defineLayer({
  label: 'Maximum',
  category: 'merge',
  doc: {
    summary: 'Largest of its inputs, element by element.',
    formula: 'y = max(x₁, x₂, …)',
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
  tfjs: () => [tfLayer('maximum', {})],
  onnx: (g, inputs, _, y) => mergeOnnx(g, 'Max', inputs, y),
  pytorch: (g, inputs, _, y) => foldTorch(g, 'torch.maximum', inputs, y),
})
