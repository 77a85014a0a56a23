import { noiseOnnx } from '../export/onnx/noise'
import { gaussianNoiseTorch } from '../export/torch/noise'
import { float } from '../fields'
import { defineLayer } from '../layer'
import { tfLayer } from '../tfjs'

export const gaussianNoise = defineLayer({
  label: 'Gaussian noise',
  category: 'regularization',
  doc: {
    summary: 'While training, adds random noise, which makes the network less sensitive; otherwise does nothing.',
    formula: 'y = x + n, n normal with mean 0 and the given deviation',
    source: 'Bishop, Training with noise is equivalent to Tikhonov regularization, 1995',
  },
  fields: { stddev: float({ default: 0.1, min: 0, max: 1000, help: 'Standard deviation of the noise.' }) },
  inputs: { min: 1, max: 1 },
  view: true,
  examples: [{ params: {}, inputs: [[28, 28, 1]], outputs: [[28, 28, 1]], macs: 0 }],
  shape: ([x = null]) => ({ outputs: [x] }),
  digest: (p) => String(p.stddev),
  tfjs: (p) => [tfLayer('gaussianNoise', { stddev: p.stddev })],
  onnx: (g, [x], p) => noiseOnnx(g, x, p.stddev),
  pytorch: (g, [x], p) => gaussianNoiseTorch(g, x, p.stddev),
})
