import { activationFlops, activationNames } from '../activations'
import { choice } from '../fields'
import { defineLayer, elements } from '../layer'
import { tfLayer } from '../tfjs'

export const activation = defineLayer({
  label: 'Activation',
  category: 'activation',
  doc: { summary: 'Applies a function to every element.', formula: 'y = f(x)' },
  fields: {
    function: choice({ default: 'relu', options: activationNames, help: 'The function to apply.' }),
  },
  inputs: { min: 1, max: 1 },
  examples: [{ params: { function: 'tanh' }, inputs: [[8, 8, 3]], outputs: [[8, 8, 3]], macs: 0 }],
  shape: ([x = null]) => ({ outputs: [x] }),
  cost: ([x = []], _, p) => ({ macs: 0, flops: activationFlops(p.function, elements(x)) }),
  digest: (p) => p.function,
  tfjs: (p) => [tfLayer('activation', { activation: p.function })],
})
