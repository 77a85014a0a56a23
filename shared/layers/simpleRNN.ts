import { recurrentOnnx } from '../export/onnx/recurrent'
import { recurrentTorch } from '../export/torch/recurrent'
import { defineLayer } from '../layer'
import { recurrentCost, recurrentDigest, recurrentFields, recurrentShape, recurrentWeights } from '../recurrent'
import { tfLayer } from '../tfjs'

export const simpleRNN = defineLayer({
  label: 'Simple RNN',
  category: 'recurrent',
  doc: {
    summary: 'Reads a sequence step by step and carries a state along.',
    formula: 'h[t] = act(x[t] · W + h[t−1] · U + b)',
    source: 'Elman, Finding structure in time, 1990',
  },
  fields: recurrentFields,
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { units: 16 },
      inputs: [[20, 8]],
      outputs: [[16]],
      weights: { kernel: [8, 16], recurrentKernel: [16, 16], bias: [16] },
      macs: 7_680,
    },
    {
      params: { units: 16, returnSequences: true, useBias: false },
      inputs: [[20, 8]],
      outputs: [[20, 16]],
      weights: { kernel: [8, 16], recurrentKernel: [16, 16] },
      macs: 7_680,
    },
  ],
  shape: ([x = null], p) => recurrentShape(x, p, 'Simple RNN'),
  weights: ([x = null], p) => recurrentWeights('simpleRNN', x, p),
  cost: ([x = []], _, p) => recurrentCost('simpleRNN', x, p),
  digest: recurrentDigest,
  tfjs: (p) => [tfLayer('simpleRNN', p)],
  onnx: (g, [x], p, y) => recurrentOnnx(g, 'simpleRNN', x, p, y),
  pytorch: (g, [x], p, y) => recurrentTorch(g, 'simpleRNN', x, p, y),
})
