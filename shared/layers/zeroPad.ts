import { pad } from '../export/torch/convolution'
import { tuple } from '../fields'
import { defineLayer } from '../layer'
import { ofRank } from '../rank'
import { zeroPadding } from '../tfjsPadding'

export const zeroPad = defineLayer({
  label: 'Zero padding 2D',
  category: 'shape',
  doc: { summary: 'Surrounds the map with zeros.', formula: 'y[i + top, j + left, c] = x[i,j,c], 0 elsewhere' },
  fields: {
    padding: tuple({ default: [1, 1, 1, 1], min: 0, max: 10_000, help: 'Rows and columns: top, bottom, left, right.' }),
  },
  inputs: { min: 1, max: 1 },
  examples: [{ params: { padding: [0, 1, 2, 3] }, inputs: [[4, 4, 2]], outputs: [[5, 9, 2]], macs: 0 }],
  shape([x = null], { padding: [top = 0, bottom = 0, left = 0, right = 0] }) {
    const { shape, problems } = ofRank(x, 3, 'Zero padding 2D')
    const [h = null, w = null, c = null] = shape
    return { outputs: [[h === null ? null : h + top + bottom, w === null ? null : w + left + right, c]], problems }
  },
  cost: (_inputs, _outputs, p) => ({
    macs: 0,
    flops: 0,
    window: { size: [1, 1], strides: [1, 1], dilation: [1, 1], before: [p.padding[0] ?? 0, p.padding[2] ?? 0] },
  }),
  digest: (p) => p.padding.join(', '),
  tfjs: (p, [x = []]) => zeroPadding(p.padding, x),
  onnx(g, [x], { padding: [top = 0, bottom = 0, left = 0, right = 0] }, shape) {
    const pads = new Array(8).fill(0)
    for (const [axis, before, after] of [
      [g.axis(x, 0), top, bottom],
      [g.axis(x, 1), left, right],
    ] as const) {
      pads[axis] = before
      pads[axis + 4] = after
    }
    return { ...x, shape, name: g.op('Pad', [x.name, g.ints(pads)]) }
  },
  pytorch: (g, [x], p) => pad(g, x, p.padding),
})
