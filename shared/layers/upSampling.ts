import type { OnnxGraph, Value } from '../export/onnx/graph'
import { alike } from '../export/torch/convolution'
import { choice, tuple } from '../fields'
import { defineLayer, elements } from '../layer'
import { ofRank } from '../rank'
import { pair, tfLayer } from '../tfjs'

export const upSampling = defineLayer({
  label: 'Up-sampling 2D',
  category: 'shape',
  doc: {
    summary: 'Makes a map larger by repeating its values or drawing lines between them; nothing is learned.',
    formula: 'y[i,j,c] = x[⌊i / s⌋, ⌊j / s⌋, c], or a weighted mean of the four nearest',
  },
  fields: {
    size: tuple({ default: [2, 2], max: 1000, help: 'By how much the map grows per axis.' }),
    interpolation: choice({
      default: 'nearest',
      options: ['nearest', 'bilinear'],
      help: 'Repeats the nearest value, or interpolates.',
    }),
  },
  inputs: { min: 1, max: 1 },
  examples: [
    { params: {}, inputs: [[13, 13, 256]], outputs: [[26, 26, 256]], macs: 0 },
    { params: { size: [2, 3], interpolation: 'bilinear' }, inputs: [[4, 4, 3]], outputs: [[8, 12, 3]], macs: 0 },
  ],
  shape([x = null], p) {
    const { shape, problems } = ofRank(x, 3, 'Up-sampling 2D')
    const grown = shape.slice(0, 2).map((n, i) => (n === null ? null : n * (p.size[i] ?? 1)))
    return { outputs: [[...grown, shape[2] ?? null]], problems }
  },
  // Bilinear: three interpolations of three operations each.
  cost: (_, [y = []], p) => ({
    macs: 0,
    flops: p.interpolation === 'bilinear' ? 9 * elements(y) : 0,
    window: {
      size: p.interpolation === 'bilinear' ? [2, 2] : [1, 1],
      strides: p.size.map((s) => 1 / s),
      dilation: [1, 1],
      before: [0, 0],
    },
  }),
  digest: (p) => `× ${p.size.join('×')} · ${p.interpolation}`,
  tfjs: (p) => [tfLayer('upSampling2d', { size: pair(p.size), interpolation: p.interpolation })],
  onnx(g, [x], p, shape) {
    if (g.training && p.interpolation === 'bilinear') return bilinearOnnx(g, x, p.size, shape)
    const scales = g.floats([1, 1, ...p.size], [4])
    const how = { mode: p.interpolation === 'bilinear' ? 'linear' : 'nearest', nearest_mode: 'floor' }
    const name = g.op('Resize', [g.first(x).name, '', scales], { ...how, coordinate_transformation_mode: 'asymmetric' })
    return { name, shape, layout: 'first' }
  },
  pytorch(g, [input], p, shape) {
    const x = g.first(input)
    if (p.interpolation === 'bilinear') {
      const scales = { name: 'scales', value: p.size.join(', '), positional: true }
      return g.module(x, { type: 'BilinearUpsample', args: [scales], weights: [] }, { shape, layout: 'first' })
    }
    const args = [{ name: 'scale_factor', value: alike(p.size) }]
    return g.module(x, { type: 'nn.Upsample', args, weights: [] }, { shape, layout: 'first' })
  },
})

/** As products with matrices of weights, whose gradients are products again. */
function bilinearOnnx(g: OnnxGraph, x: Value, size: readonly number[], shape: readonly number[]): Value {
  const [h = 1, w = 1] = x.shape
  const rows = g.op('MatMul', [g.floats(stretch(h, size[0] ?? 1), [h * (size[0] ?? 1), h]), g.first(x).name])
  const columns = g.op('Transpose', [g.floats(stretch(w, size[1] ?? 1), [w * (size[1] ?? 1), w])], { perm: [1, 0] })
  return { name: g.op('MatMul', [rows, columns]), shape, layout: 'first' }
}

/** Row i holds the weights of the two nearest of n values at i / by. */
const stretch = (n: number, by: number): number[] =>
  Array.from({ length: n * by }, (_, i) => {
    const [low, part] = [Math.floor(i / by), (i % by) / by]
    const high = Math.min(low + 1, n - 1)
    return Array.from({ length: n }, (_, j) => (j === low ? 1 - part : 0) + (j === high ? part : 0))
  }).flat()
