import { dropoutOnnx } from '../export/onnx/noise'
import { spatialDropoutTorch } from '../export/torch/noise'
import { float } from '../fields'
import { defineLayer } from '../layer'
import { customLayer } from '../tfjs'

export const spatialDropout = defineLayer({
  label: 'Spatial dropout',
  category: 'regularization',
  doc: {
    summary: 'While training, sets whole channels to zero and scales the rest up; otherwise does nothing.',
    formula: 'y[·,c] = x[·,c] · mask[c] / (1 − rate)',
    source: 'Tompson et al., Efficient object localization using convolutional networks, 2015',
  },
  fields: { rate: float({ default: 0.5, min: 0, max: 0.99, help: 'Share of the channels that are dropped.' }) },
  inputs: { min: 1, max: 1 },
  view: true,
  examples: [{ params: { rate: 0.25 }, inputs: [[8, 8, 16]], outputs: [[8, 8, 16]], macs: 0 }],
  shape: ([x = null]) => ({ outputs: [x] }),
  digest: (p) => String(p.rate),
  tfjs: (p) => [customLayer('spatialDropout', { rate: p.rate })],
  onnx: (g, [x], p) => dropoutOnnx(g, x, p.rate, true),
  pytorch: (g, [x], p) => spatialDropoutTorch(g, x, p.rate),
})
