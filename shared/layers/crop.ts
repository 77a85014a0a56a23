import { pad } from '../export/torch/convolution'
import { tuple } from '../fields'
import { defineLayer } from '../layer'
import { draft } from '../problems'
import { ofRank } from '../rank'
import { crop2d } from '../tfjs'

export const crop = defineLayer({
  label: 'Crop 2D',
  category: 'shape',
  doc: { summary: 'Cuts rows and columns off the borders.', formula: 'y[i,j,c] = x[i + top, j + left, c]' },
  fields: {
    cropping: tuple({
      default: [1, 1, 1, 1],
      min: 0,
      max: 10_000,
      help: 'Rows and columns: top, bottom, left, right.',
    }),
  },
  inputs: { min: 1, max: 1 },
  examples: [{ params: { cropping: [0, 1, 2, 3] }, inputs: [[9, 9, 2]], outputs: [[8, 4, 2]], macs: 0 }],
  shape([x = null], { cropping }) {
    const { shape, problems } = ofRank(x, 3, 'Crop 2D')
    const [top = 0, bottom = 0, left = 0, right = 0] = cropping
    const [h = null, w = null, c = null] = shape
    const cut = [h === null ? null : h - top - bottom, w === null ? null : w - left - right]
    const gone = cut.some((n) => n !== null && n < 1)
    return {
      outputs: [[...cut.map((n) => (n !== null && n < 1 ? null : n)), c]],
      problems: gone
        ? [
            ...problems,
            draft('cropTooLarge', { crop: cropping.join(', '), input: `${h ?? '?'}×${w ?? '?'}` }, 'cropping', {
              kind: 'set',
              params: { cropping: [0, 0, 0, 0] },
            }),
          ]
        : problems,
    }
  },
  cost: (_inputs, _outputs, p) => ({
    macs: 0,
    flops: 0,
    window: { size: [1, 1], strides: [1, 1], dilation: [1, 1], before: [-(p.cropping[0] ?? 0), -(p.cropping[2] ?? 0)] },
  }),
  digest: (p) => p.cropping.join(', '),
  tfjs: (p) => [crop2d(p.cropping)],
  onnx(g, [x], { cropping: [top = 0, , left = 0] }, shape) {
    const [h = 1, w = 1] = shape
    const axes = g.ints([g.axis(x, 0), g.axis(x, 1)])
    return { ...x, shape, name: g.op('Slice', [x.name, g.ints([top, left]), g.ints([top + h, left + w]), axes]) }
  },
  pytorch: (g, [x], p) =>
    pad(
      g,
      x,
      p.cropping.map((n) => -n),
    ),
})
