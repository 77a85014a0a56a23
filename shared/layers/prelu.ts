import { activationFlops } from '../activations'
import { reordered } from '../export/torch/weights'
import { choice } from '../fields'
import { defineLayer, elements, type Shape } from '../layer'
import { tfLayer } from '../tfjs'

type Sharing = 'positions' | 'all' | 'none'

const alphaShape = (x: Shape, sharing: Sharing): Shape =>
  sharing === 'none' ? x : x.map((n, i) => (sharing === 'positions' && i === x.length - 1 ? n : 1))

export const prelu = defineLayer({
  label: 'PReLU',
  category: 'activation',
  doc: {
    summary: 'Like leaky ReLU, with learned slopes for the negative values.',
    formula: 'y = x if x > 0 else α · x, α learned',
    source: 'He et al., Delving deep into rectifiers, 2015',
  },
  fields: {
    sharing: choice({
      default: 'positions',
      options: ['positions', 'all', 'none'],
      help: 'One slope per channel for all positions, one for all values, or one for each value.',
    }),
  },
  inputs: { min: 1, max: 1 },
  examples: [
    { params: {}, inputs: [[8, 8, 16]], outputs: [[8, 8, 16]], weights: { alpha: [1, 1, 16] }, macs: 0 },
    { params: { sharing: 'all' }, inputs: [[8, 8, 16]], outputs: [[8, 8, 16]], weights: { alpha: [1, 1, 1] }, macs: 0 },
    { params: { sharing: 'none' }, inputs: [[10]], outputs: [[10]], weights: { alpha: [10] }, macs: 0 },
  ],
  shape: ([x = null]) => ({ outputs: [x] }),
  weights: ([x = null], p) => (x === null ? [] : [{ name: 'alpha', shape: alphaShape(x, p.sharing), trainable: true }]),
  cost: ([x = []]) => ({ macs: 0, flops: activationFlops('leakyRelu', elements(x)) }),
  digest: (p) => ({ positions: 'per channel', all: 'one slope', none: 'per value' })[p.sharing],
  // tfjs counts the batch as axis 0.
  tfjs(p, [x = []]) {
    const axes = x.map((_, i) => i + 1)
    if (p.sharing === 'none') return [tfLayer('prelu', {})]
    return [tfLayer('prelu', { sharedAxes: p.sharing === 'all' ? axes : axes.slice(0, -1) })]
  },
  onnx(g, [x], p) {
    // Slopes per channel broadcast from the right, whichever axis the channels have.
    const v = p.sharing === 'none' ? g.last(x) : x
    const first = v.layout === 'first' && p.sharing === 'positions'
    const shape = first
      ? [x.shape.at(-1) ?? 1, ...x.shape.slice(1).map(() => 1)]
      : alphaShape(x.shape, p.sharing).map((n) => n ?? 1)
    return g.each('PRelu', v, {}, [g.weight('alpha', { shape })])
  },
  pytorch(g, [input], p) {
    const flat = input.shape.length === 1
    if (p.sharing === 'none' && !flat) {
      const x = g.last(input)
      const shape = { name: 'shape', value: x.shape.join(', '), positional: true }
      return g.module(x, { type: 'ElementwisePReLU', args: [shape], weights: g.weight('alpha', 'weight', x.shape) }, x)
    }
    const x = flat ? input : g.first(input)
    const n = p.sharing === 'all' ? 1 : (x.shape.at(-1) ?? 1)
    const args = [{ name: 'num_parameters', value: n, positional: true, default: 1 }]
    const weights = g.weight('alpha', 'weight', [n], reordered(n > 1 ? x.order : null))
    return g.module(x, { type: 'nn.PReLU', args, weights }, x)
  },
})
