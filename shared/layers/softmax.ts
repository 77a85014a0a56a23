import { activationFlops } from '../activations'
import { onnxActivations } from '../export/onnx/activations'
import { torchActivation } from '../export/torch/activations'
import { defineLayer, elements } from '../layer'
import { tfLayer } from '../tfjs'

export const softmax = defineLayer({
  label: 'Softmax',
  category: 'activation',
  doc: { summary: 'Turns scores along the last axis into probabilities that sum to 1.', formula: 'yᵢ = eˣᵢ / Σⱼ eˣⱼ' },
  fields: {},
  inputs: { min: 1, max: 1 },
  examples: [
    { params: {}, inputs: [[10]], outputs: [[10]], macs: 0 },
    { params: {}, inputs: [[5, 4, 3]], outputs: [[5, 4, 3]], macs: 0 },
  ],
  shape: ([x = null]) => ({ outputs: [x] }),
  cost: ([x = []]) => ({ macs: 0, flops: activationFlops('softmax', elements(x)) }),
  // tfjs's own default is the first axis.
  tfjs: () => [tfLayer('softmax', { axis: -1 })],
  onnx: (g, [x]) => onnxActivations.softmax(g, x),
  pytorch: (g, [x]) => torchActivation(g, 'softmax', x),
})
