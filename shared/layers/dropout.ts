import { dropoutOnnx } from '../export/onnx/noise'
import { dropoutTorch } from '../export/torch/noise'
import { float } from '../fields'
import { defineLayer } from '../layer'
import { tfLayer } from '../tfjs'

export const dropout = defineLayer({
  label: 'Dropout',
  category: 'regularization',
  doc: {
    summary:
      'While training, sets a random share of the values to zero and scales the rest up; otherwise does nothing.',
    formula: 'y = x · mask / (1 − rate)',
    source: 'Srivastava et al., Dropout, 2014',
  },
  fields: { rate: float({ default: 0.5, min: 0, max: 0.99, help: 'Share of the values that are dropped.' }) },
  inputs: { min: 1, max: 1 },
  view: true,
  examples: [{ params: { rate: 0.25 }, inputs: [[128]], outputs: [[128]], macs: 0 }],
  shape: ([x = null]) => ({ outputs: [x] }),
  digest: (p) => String(p.rate),
  tfjs: (p) => [tfLayer('dropout', { rate: p.rate })],
  onnx: (g, [x], p) => dropoutOnnx(g, x, p.rate),
  pytorch: (g, [x], p) => dropoutTorch(g, x, p.rate),
})
