import { bidirectionalOnnx } from '../export/onnx/recurrent'
import { bidirectionalTorch } from '../export/torch/recurrent'
import { choice } from '../fields'
import { defineLayer } from '../layer'
import {
  recurrentActivationField,
  recurrentCost,
  recurrentDigest,
  recurrentFields,
  recurrentShape,
  recurrentWeights,
} from '../recurrent'
import { customLayer } from '../tfjs'

export const bidirectional = defineLayer({
  label: 'Bidirectional',
  category: 'recurrent',
  doc: {
    summary: 'Two recurrent layers read the sequence, one forwards and one backwards; their outputs are merged.',
    formula: 'y = merge(forward(x), backward(x))',
    source: 'Schuster, Paliwal, Bidirectional recurrent neural networks, 1997',
  },
  fields: {
    layer: choice({ default: 'lstm', options: ['simpleRNN', 'lstm', 'gru'], help: 'The recurrent layer.' }),
    mergeMode: choice({
      default: 'concat',
      options: ['concat', 'sum', 'mul', 'ave'],
      help: 'How both outputs become one; concat doubles the channels.',
    }),
    ...recurrentFields,
    recurrentActivation: recurrentActivationField,
  },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { layer: 'gru', units: 4 },
      inputs: [[20, 8]],
      outputs: [[8]],
      weights: {
        forwardKernel: [8, 12],
        forwardRecurrentKernel: [4, 12],
        forwardBias: [12],
        backwardKernel: [8, 12],
        backwardRecurrentKernel: [4, 12],
        backwardBias: [12],
      },
      macs: 5760,
    },
    {
      params: { layer: 'simpleRNN', mergeMode: 'sum', units: 4, returnSequences: true, useBias: false },
      inputs: [[20, 8]],
      outputs: [[20, 4]],
      weights: {
        forwardKernel: [8, 4],
        forwardRecurrentKernel: [4, 4],
        backwardKernel: [8, 4],
        backwardRecurrentKernel: [4, 4],
      },
      macs: 1920,
    },
  ],
  shape: ([x = null], p) => recurrentShape(x, p, 'Bidirectional', p.mergeMode === 'concat' ? 2 * p.units : p.units),
  weights: ([x = null], p) =>
    ['forward', 'backward'].flatMap((direction) =>
      recurrentWeights(p.layer, x, p).map((w) => ({
        ...w,
        name: direction + w.name.charAt(0).toUpperCase() + w.name.slice(1),
      })),
    ),
  cost([x = []], [y = []], p) {
    const { macs, flops, window } = recurrentCost(p.layer, x, p)
    const merge = p.mergeMode === 'concat' ? 0 : y.reduce((a, b) => a * b, p.mergeMode === 'ave' ? 2 : 1)
    // Every output sees all steps, before and after it.
    return {
      macs: 2 * macs,
      flops: 2 * flops + merge,
      ...(window && { window: { ...window, size: window.size.map((n) => 2 * n - 1) } }),
    }
  },
  digest: (p) => `${p.layer} · ${recurrentDigest(p)}`,
  tfjs: (p) => [customLayer('bidirectional', p)],
  onnx: (g, [x], p, y) => bidirectionalOnnx(g, x, p, y),
  pytorch: (g, [x], p, y) => bidirectionalTorch(g, x, p, y),
})
