import { activationFlops, allActivationNames, allActivations } from '../activations'
import { onnxActivations } from '../export/onnx/activations'
import { torchActivation } from '../export/torch/activations'
import { choice } from '../fields'
import { defineLayer, elements } from '../layer'
import { customLayer, tfLayer } from '../tfjs'

export const activation = defineLayer({
  label: 'Activation',
  category: 'activation',
  doc: {
    summary: 'Applies a function to every element.',
    formula: Object.entries(allActivations)
      .map(([name, f]) => `${name}: ${f.formula}`)
      .join('; '),
  },
  fields: {
    function: choice({ default: 'relu', options: allActivationNames, help: 'The function to apply.' }),
  },
  inputs: { min: 1, max: 1 },
  examples: [
    { params: { function: 'tanh' }, inputs: [[8, 8, 3]], outputs: [[8, 8, 3]], macs: 0 },
    { params: { function: 'hardSwish' }, inputs: [[8, 8, 3]], outputs: [[8, 8, 3]], macs: 0 },
    { params: { function: 'leakyRelu' }, inputs: [[16]], outputs: [[16]], macs: 0 },
  ],
  stopsGradient: (p) => p.function === 'step',
  shape: ([x = null]) => ({ outputs: [x] }),
  cost: ([x = []], _, p) => ({ macs: 0, flops: activationFlops(p.function, elements(x)) }),
  digest: (p) => p.function,
  tfjs({ function: name }) {
    switch (name) {
      case 'leakyRelu':
        return [tfLayer('leakyReLU', { alpha: 0.01 })]
      case 'thresholdedRelu':
        return [tfLayer('thresholdedReLU', { theta: 1 })]
      case 'step':
      case 'hardSwish':
      case 'logSoftmax':
      case 'rrelu':
        return [customLayer('activationFunction', { function: name })]
      default:
        return [tfLayer('activation', { activation: name })]
    }
  },
  onnx: (g, [x], p) => onnxActivations[p.function](g, x),
  pytorch: (g, [x], p) => torchActivation(g, p.function, x),
})
