import { list } from '../fields'
import { defineLayer } from '../layer'
import { draft } from '../problems'
import { tfLayer } from '../tfjs'

export const permute = defineLayer({
  label: 'Permute',
  category: 'shape',
  doc: { summary: 'Puts the axes into another order.', formula: 'y[i_dims] = x[i]' },
  fields: {
    dims: list({ default: [2, 1], min: 1, max: 8, help: 'The new order of the axes, counted from 1.' }),
  },
  inputs: { min: 1, max: 1 },
  examples: [
    { params: {}, inputs: [[20, 64]], outputs: [[64, 20]], macs: 0 },
    { params: { dims: [3, 1, 2] }, inputs: [[8, 9, 3]], outputs: [[3, 8, 9]], macs: 0 },
  ],
  shape([x = null], { dims }) {
    if (x === null) return { outputs: [dims.map(() => null)] }
    const axes = x.map((_, i) => i + 1)
    if (dims.length === x.length && axes.every((a) => dims.includes(a)))
      return { outputs: [dims.map((d) => x[d - 1] ?? null)] }
    const example = axes.toReversed()
    const values = { rank: x.length, dims: dims.join(', '), example: example.join(', ') }
    return {
      outputs: [x.map(() => null)],
      problems: [draft('permuteAxes', values, 'dims', { kind: 'set', params: { dims: example } })],
    }
  },
  // What an element saw per axis is seen along another one: known only where the channels stay last and the axes are alike.
  cost: () => ({ macs: 0, flops: 0, window: null }),
  digest: (p) => p.dims.join(', '),
  tfjs: (p) => [tfLayer('permute', { dims: [...p.dims] })],
  onnx: (g, [x], p, shape) => ({
    name: g.op('Transpose', [g.last(x).name], { perm: [0, ...p.dims] }),
    shape,
    layout: 'last',
  }),
  pytorch: (g, [x], p, shape) =>
    g.call(
      [g.last(x)],
      ([v]) => `${v}.permute(0, ${p.dims.join(', ')})`,
      { shape, layout: 'last' },
      { form: 'method' },
    ),
})
