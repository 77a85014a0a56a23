import { activationFlops } from '../activations'
import { activationField, bias, useBiasField } from '../convolution'
import { onnxActivations } from '../export/onnx/activations'
import { denseTorch } from '../export/torch/dense'
import { int } from '../fields'
import { defineLayer, elements } from '../layer'
import { tfLayer } from '../tfjs'

export const dense = defineLayer({
  label: 'Dense',
  category: 'dense',
  doc: {
    summary: 'Every output sees every input of the last axis; leading axes are kept.',
    formula: 'y = act(x · W + b)',
  },
  fields: {
    units: int({ default: 128, help: 'Number of outputs.' }),
    activation: activationField,
    useBias: useBiasField,
  },
  inputs: { min: 1, max: 1 },
  examples: [
    { params: { units: 10 }, inputs: [[84]], outputs: [[10]], weights: { kernel: [84, 10], bias: [10] }, macs: 840 },
    {
      params: { units: 8, useBias: false },
      inputs: [[5, 16]],
      outputs: [[5, 8]],
      weights: { kernel: [16, 8] },
      macs: 640,
    },
  ],
  shape: ([x = null], p) => ({ outputs: [x && [...x.slice(0, -1), p.units]] }),
  weights: ([x = null], p) => [
    { name: 'kernel', shape: [x?.at(-1) ?? null, p.units], trainable: true },
    ...bias(p.useBias, p.units),
  ],
  cost([x = []], [y = []], p) {
    const macs = elements(x) * p.units
    return { macs, flops: 2 * macs + (p.useBias ? elements(y) : 0) + activationFlops(p.activation, elements(y)) }
  },
  digest: (p) => [p.units, ...(p.activation === 'linear' ? [] : [p.activation])].join(' · '),
  tfjs: (p) => [tfLayer('dense', p)],
  onnx(g, [x], p, shape) {
    const product = g.op('MatMul', [g.last(x).name, g.weight('kernel')])
    const bias = g.optionalWeight('bias')
    const name = bias === null ? product : g.op('Add', [product, bias])
    return onnxActivations[p.activation](g, { name, shape, layout: 'last' })
  },
  pytorch: (g, [x], p, y) => denseTorch(g, x, p, y),
})
