import { activationFlops } from '../activations'
import { float } from '../fields'
import { defineLayer, elements } from '../layer'
import { tfLayer } from '../tfjs'

export const leakyReLU = defineLayer({
  label: 'Leaky ReLU',
  category: 'activation',
  doc: {
    summary: 'Like ReLU, but lets a little of the negative values through, so that no unit dies.',
    formula: 'y = x if x > 0 else α · x',
    source: 'Maas et al., Rectifier nonlinearities improve neural network acoustic models, 2013',
  },
  fields: { alpha: float({ default: 0.3, min: 0, max: 100, help: 'Slope for negative values.' }) },
  inputs: { min: 1, max: 1 },
  examples: [{ params: { alpha: 0.1 }, inputs: [[13, 13, 64]], outputs: [[13, 13, 64]], macs: 0 }],
  shape: ([x = null]) => ({ outputs: [x] }),
  cost: ([x = []]) => ({ macs: 0, flops: activationFlops('leakyRelu', elements(x)) }),
  digest: (p) => `slope ${p.alpha}`,
  tfjs: (p) => [tfLayer('leakyReLU', { alpha: p.alpha })],
  onnx: (g, [x], p) => g.each('LeakyRelu', x, { alpha: { float: p.alpha } }),
  pytorch: (g, [x], { alpha }) =>
    g.call([x], ([v]) => `F.leaky_relu(${v}, ${alpha})`, x, { module: `nn.LeakyReLU(${alpha})` }),
})
