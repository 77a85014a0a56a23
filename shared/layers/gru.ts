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

export const gru = defineLayer({
  label: 'GRU',
  category: 'recurrent',
  doc: {
    summary: 'A recurrent layer with two gates: lighter than an LSTM, often as good.',
    formula: 'h[t] = z · h[t−1] + (1 − z) · act(x[t] · W + (r · h[t−1]) · U + b); z, r are gates',
    source: 'Cho et al., Learning phrase representations using RNN encoder–decoder, 2014',
  },
  fields: { ...recurrentFields, recurrentActivation: recurrentActivationField },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { units: 16 },
      inputs: [[20, 8]],
      outputs: [[16]],
      weights: { kernel: [8, 48], recurrentKernel: [16, 48], bias: [48] },
      macs: 23_040,
    },
    {
      params: { units: 16, returnSequences: true, useBias: false },
      inputs: [[20, 8]],
      outputs: [[20, 16]],
      weights: { kernel: [8, 48], recurrentKernel: [16, 48] },
      macs: 23_040,
    },
  ],
  shape: ([x = null], p) => recurrentShape(x, p, 'GRU'),
  weights: ([x = null], p) => recurrentWeights('gru', x, p),
  cost: ([x = []], _, p) => recurrentCost('gru', x, p),
  digest: recurrentDigest,
  tfjs: (p) => [tfLayer('gru', p)],
  onnx: (g, [x], p, y) => recurrentOnnx(g, 'gru', x, p, y),
  pytorch: (g, [x], p, y) => recurrentTorch(g, 'gru', x, p, y),
})
