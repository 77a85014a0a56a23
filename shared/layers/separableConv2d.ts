import { activationFlops } from '../activations'
import { activationField, bias, convWindow, paddedTfjs, useBiasField, windowFields, windowShape } from '../convolution'
import { digestWindow } from '../digest'
import { onnxActivations } from '../export/onnx/activations'
import { depthwiseKernel, kernelFirst, onnxConv } from '../export/onnx/convolution'
import { torchActivation } from '../export/torch/activations'
import { depthwiseWeight, torchConv } from '../export/torch/convolution'
import { biasOf, filtersFirst } from '../export/torch/weights'
import { int } from '../fields'
import { defineLayer, elements } from '../layer'
import { ofRank } from '../rank'
import { pair, tfLayer } from '../tfjs'

export const separableConv2d = defineLayer({
  label: 'Separable conv 2D',
  category: 'convolution',
  doc: {
    summary:
      'A depthwise convolution followed by a 1×1 convolution that mixes the channels: far cheaper than a full one.',
    formula: 'y[i,j,o] = act(b[o] + Σ p[c·m + q, o] · Σ w[u,v,c,q] · x[s·i + d·u − p, s·j + d·v − p, c])',
    source: 'Chollet, Xception: deep learning with depthwise separable convolutions, 2017',
  },
  fields: {
    filters: int({ default: 32, max: 65_536, help: 'Number of output channels.' }),
    ...windowFields(2),
    depthMultiplier: int({ default: 1, max: 1024, help: 'Channels between the two steps, per input channel.' }),
    activation: activationField,
    useBias: useBiasField,
  },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { filters: 32, useBias: false },
      inputs: [[8, 8, 16]],
      outputs: [[8, 8, 32]],
      weights: { depthwiseKernel: [3, 3, 16, 1], pointwiseKernel: [1, 1, 16, 32] },
      macs: 41_984,
    },
  ],
  shape([x = null], p) {
    const input = ofRank(x, 3, 'Separable conv 2D')
    const { out, problems } = windowShape(input.shape.slice(0, 2), p)
    return { outputs: [[...out, p.filters]], problems: [...input.problems, ...problems] }
  },
  weights([x = null], p) {
    const channels = x?.length === 3 ? (x[2] ?? null) : null
    const between = channels === null ? null : channels * p.depthMultiplier
    return [
      { name: 'depthwiseKernel', shape: [...p.kernelSize, channels, p.depthMultiplier], trainable: true },
      { name: 'pointwiseKernel', shape: [1, 1, between, p.filters], trainable: true },
      ...bias(p.useBias, p.filters),
    ]
  },
  cost([x = []], [y = []], p) {
    const n = elements(y)
    const between = (x[2] ?? 0) * p.depthMultiplier
    const macs = elements(y.slice(0, 2)) * between * (elements(p.kernelSize) + p.filters)
    return {
      macs,
      flops: 2 * macs + (p.useBias ? n : 0) + activationFlops(p.activation, n),
      window: convWindow(x, p),
    }
  },
  digest: (p) => digestWindow(p.kernelSize, p.strides, p.padding, p.filters),
  tfjs: ({ padding: pad, ...p }, inputs) =>
    paddedTfjs({ ...p, padding: pad }, inputs, (padding) =>
      tfLayer('separableConv2d', {
        ...p,
        padding,
        kernelSize: pair(p.kernelSize),
        strides: pair(p.strides),
        dilationRate: pair(p.dilationRate),
      }),
    ),
  onnx(g, [x], p, y) {
    const channels = x.shape.at(-1) ?? 1
    const between = [...y.slice(0, -1), channels * p.depthMultiplier]
    const depthwise = onnxConv(g, x, { ...p, group: channels, weight: depthwiseKernel(g), bias: null }, between)
    const pointwise = { kernelSize: [1, 1], strides: [1, 1], dilationRate: [1, 1], padding: 'valid', group: 1 } as const
    const weight = g.weight('pointwiseKernel', kernelFirst(2))
    const mixed = onnxConv(g, depthwise, { ...pointwise, weight, bias: g.optionalWeight('bias') }, y)
    return onnxActivations[p.activation](g, mixed)
  },
  pytorch(g, [x], p, y) {
    const channels = x.shape.at(-1) ?? 1
    const between = channels * p.depthMultiplier
    const depthwise = { ...p, groups: channels, weights: depthwiseWeight(g), hasBias: false }
    const filtered = torchConv(g, x, depthwise, [...y.slice(0, -1), between], 'depthwise')
    const weight = g.weight('pointwiseKernel', 'weight', [p.filters, between, 1, 1], filtersFirst(2))
    const pointwise = {
      kernelSize: [1, 1],
      strides: [1, 1],
      dilationRate: [1, 1],
      padding: 'valid',
      groups: 1,
    } as const
    const conv = { ...pointwise, weights: [...weight, ...biasOf(g)], hasBias: p.useBias }
    return torchActivation(g, p.activation, torchConv(g, filtered, conv, y, 'pointwise'))
  },
})
