import { activationFlops } from '../activations'
import { activationField, bias, convWindow, paddedTfjs, useBiasField, windowFields, windowShape } from '../convolution'
import { digestWindow } from '../digest'
import { onnxActivations } from '../export/onnx/activations'
import { depthwiseKernel, onnxConv } from '../export/onnx/convolution'
import { torchActivation } from '../export/torch/activations'
import { depthwiseWeight, torchConv } from '../export/torch/convolution'
import { biasOf } from '../export/torch/weights'
import { int } from '../fields'
import { defineLayer, elements } from '../layer'
import { ofRank } from '../rank'
import { pair, tfLayer } from '../tfjs'

export const depthwiseConv2d = defineLayer({
  label: 'Depthwise conv 2D',
  category: 'convolution',
  doc: {
    summary: 'Convolves each channel on its own with its own kernels; channels are not mixed.',
    formula: 'y[i,j,c·m + q] = act(b[c·m + q] + Σ w[u,v,c,q] · x[s·i + d·u − p, s·j + d·v − p, c])',
    source: 'Howard et al., MobileNets, 2017',
  },
  fields: {
    ...windowFields(2),
    depthMultiplier: int({ default: 1, max: 1024, help: 'Output channels per input channel.' }),
    activation: activationField,
    useBias: useBiasField,
  },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { depthMultiplier: 2, padding: 'valid' },
      inputs: [[8, 8, 4]],
      outputs: [[6, 6, 8]],
      weights: { depthwiseKernel: [3, 3, 4, 2], bias: [8] },
      macs: 2592,
    },
  ],
  shape([x = null], p) {
    const input = ofRank(x, 3, 'Depthwise conv 2D')
    const { out, problems } = windowShape(input.shape.slice(0, 2), p)
    const channels = input.shape[2] ?? null
    return {
      outputs: [[...out, channels === null ? null : channels * p.depthMultiplier]],
      problems: [...input.problems, ...problems],
    }
  },
  weights([x = null], p) {
    const channels = x?.length === 3 ? (x[2] ?? null) : null
    return [
      { name: 'depthwiseKernel', shape: [...p.kernelSize, channels, p.depthMultiplier], trainable: true },
      ...bias(p.useBias, channels === null ? null : channels * p.depthMultiplier),
    ]
  },
  cost([x = []], [y = []], p) {
    const n = elements(y)
    const macs = n * elements(p.kernelSize)
    return {
      macs,
      flops: 2 * macs + (p.useBias ? n : 0) + activationFlops(p.activation, n),
      window: convWindow(x, p),
    }
  },
  digest: (p) => digestWindow(p.kernelSize, p.strides, p.padding),
  tfjs: ({ padding: pad, ...p }, inputs) =>
    paddedTfjs({ ...p, padding: pad }, inputs, (padding) =>
      tfLayer('depthwiseConv2d', {
        ...p,
        padding,
        kernelSize: pair(p.kernelSize),
        strides: pair(p.strides),
        dilationRate: pair(p.dilationRate),
      }),
    ),
  onnx(g, [x], p, y) {
    const conv = { ...p, group: x.shape.at(-1) ?? 1, weight: depthwiseKernel(g), bias: g.optionalWeight('bias') }
    return onnxActivations[p.activation](g, onnxConv(g, x, conv, y))
  },
  pytorch(g, [x], p, y) {
    const weights = [...depthwiseWeight(g), ...biasOf(g)]
    const conv = { ...p, groups: x.shape.at(-1) ?? 1, weights, hasBias: p.useBias }
    return torchActivation(g, p.activation, torchConv(g, x, conv, y))
  },
})
