import { recurrentOnnx } from '../export/onnx/recurrent'
import { recurrentTorch } from '../export/torch/recurrent'
import { defineLayer } from '../layer'
import {
  recurrentActivationField,
  recurrentCost,
  recurrentDigest,
  recurrentFields,
  recurrentShape,
  recurrentWeights,
} from '../recurrent'
import { tfLayer } from '../tfjs'

export const lstm = defineLayer({
  label: 'LSTM',
  category: 'recurrent',
  doc: {
    summary: 'A recurrent layer whose gates decide what its memory keeps, forgets and shows.',
    formula: 'c[t] = f · c[t−1] + i · act(x[t] · W + h[t−1] · U + b), h[t] = o · act(c[t]); i, f, o are gates',
    source: 'Hochreiter, Schmidhuber, Long short-term memory, 1997',
  },
  fields: { ...recurrentFields, recurrentActivation: recurrentActivationField },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { units: 16 },
      inputs: [[20, 8]],
      outputs: [[16]],
      weights: { kernel: [8, 64], recurrentKernel: [16, 64], bias: [64] },
      macs: 30_720,
    },
    {
      params: { units: 16, returnSequences: true, useBias: false },
      inputs: [[20, 8]],
      outputs: [[20, 16]],
      weights: { kernel: [8, 64], recurrentKernel: [16, 64] },
      macs: 30_720,
    },
  ],
  shape: ([x = null], p) => recurrentShape(x, p, 'LSTM'),
  weights: ([x = null], p) => recurrentWeights('lstm', x, p),
  cost: ([x = []], _, p) => recurrentCost('lstm', x, p),
  digest: recurrentDigest,
  tfjs: (p) => [tfLayer('lstm', p)],
  onnx: (g, [x], p, y) => recurrentOnnx(g, 'lstm', x, p, y),
  pytorch: (g, [x], p, y) => recurrentTorch(g, 'lstm', x, p, y),
})
