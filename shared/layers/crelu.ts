import { defineLayer, elements } from '../layer'
import { customLayer } from '../tfjs'

export const crelu = defineLayer({
  label: 'CReLU',
  category: 'activation',
  doc: {
    summary: 'Keeps positive and negative parts as separate channels, which doubles their number.',
    formula: 'y = ReLU([x, −x])',
    source: 'Shang et al., Understanding and improving convolutional neural networks via CReLU, 2016',
  },
  fields: {},
  inputs: { min: 1, max: 1 },
  examples: [{ params: {}, inputs: [[8, 8, 16]], outputs: [[8, 8, 32]], macs: 0 }],
  shape: ([x = null]) => ({
    outputs: [x === null ? null : x.map((n, i) => (n !== null && i === x.length - 1 ? n * 2 : n))],
  }),
  cost: ([x = []]) => ({ macs: 0, flops: 3 * elements(x) }),
  tfjs: () => [customLayer('crelu', {})],
  onnx(g, [x], _, shape) {
    const both = g.op('Concat', [x.name, g.op('Neg', [x.name])], { axis: g.axis(x, -1) })
    return { ...x, shape, name: g.op('Relu', [both]) }
  },
  pytorch(g, [x], _, shape) {
    const v = g.natural(x)
    const dim = g.axis(v, -1)
    return g.call([v], ([v]) => `F.relu(torch.cat([${v}, -${v}], dim=${dim}))`, { shape, layout: v.layout })
  },
})
