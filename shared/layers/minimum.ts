import { mergeOnnx } from '../export/onnx/merge'
import { foldTorch } from '../export/torch/merge'
import { defineLayer } from '../layer'
import { mergeCost, mergeShape } from '../merge'
import { tfLayer } from '../tfjs'

export const minimum = defineLayer({
  label: 'Minimum',
  category: 'merge',
  doc: {
    summary: 'Smallest of its inputs, element by element.',
    formula: 'y = min(x₁, x₂, …)',
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
  tfjs: () => [tfLayer('minimum', {})],
  onnx: (g, inputs, _, y) => mergeOnnx(g, 'Min', inputs, y),
  pytorch: (g, inputs, _, y) => foldTorch(g, 'torch.minimum', inputs, y),
})
