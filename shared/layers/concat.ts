import { tfjsAxis } from '../axes'
import { concatOnnx } from '../export/onnx/merge'
import { concatTorch } from '../export/torch/merge'
import { int } from '../fields'
import { defineLayer } from '../layer'
import { concatShape } from '../merge'
import { tfLayer } from '../tfjs'

export const concat = defineLayer({
  label: 'Concatenate',
  category: 'merge',
  doc: {
    summary: 'Lays its inputs side by side along one axis, in the order of its ports.',
    formula: 'y = [x₁, x₂, …]',
  },
  fields: { axis: int({ default: -1, min: -8, max: 7, help: 'The axis that grows; −1 is the last (channels).' }) },
  inputs: { min: 2, max: Number.POSITIVE_INFINITY },
  examples: [
    {
      params: {},
      inputs: [
        [28, 28, 64],
        [28, 28, 128],
        [28, 28, 32],
      ],
      outputs: [[28, 28, 224]],
      macs: 0,
    },
  ],
  shape: (inputs, p) => concatShape(inputs, p.axis),
  digest: (p) => (p.axis === -1 ? '' : `axis ${p.axis}`),
  tfjs: (p) => [tfLayer('concatenate', { axis: tfjsAxis(p.axis) })],
  onnx: (g, inputs, p, y) => concatOnnx(g, inputs, p.axis, y),
  pytorch: (g, inputs, p, y) => concatTorch(g, inputs, p.axis, y),
})
