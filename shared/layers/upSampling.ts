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
    const scales = g.floats([1, 1, ...p.size], [4])
    const how = { mode: p.interpolation === 'bilinear' ? 'linear' : 'nearest', nearest_mode: 'floor' }
    const name = g.op('Resize', [g.first(x).name, '', scales], { ...how, coordinate_transformation_mode: 'asymmetric' })
    return { name, shape, layout: 'first' }
  },
})
