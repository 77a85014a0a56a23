import { reshapeTorch } from '../export/torch/shapes'
import { shape } from '../fields'
import { defineLayer, elements, isKnown, showShape } from '../layer'
import { draft } from '../problems'
import { tfLayer } from '../tfjs'

export const reshape = defineLayer({
  label: 'Reshape',
  category: 'shape',
  doc: { summary: 'Same elements in the same order, other axes.', formula: 'y.flat = x.flat' },
  fields: { target: shape({ default: [-1], infer: true, help: 'New shape; one size may be −1: whatever remains.' }) },
  inputs: { min: 1, max: 1 },
  view: true,
  examples: [
    { params: { target: [28, 28, 1] }, inputs: [[784]], outputs: [[28, 28, 1]], macs: 0 },
    { params: { target: [7, -1] }, inputs: [[7, 7, 64]], outputs: [[7, 448]], macs: 0 },
  ],
  shape([x = null], p) {
    const fixed = elements(p.target.filter((n) => n !== -1))
    const open = p.target.includes(-1)
    if (!isKnown(x)) return { outputs: [p.target.map((n) => (n === -1 ? null : n))] }
    const have = elements(x)
    const rest = have / fixed
    if (open ? Number.isInteger(rest) : have === fixed) return { outputs: [p.target.map((n) => (n === -1 ? rest : n))] }
    return {
      outputs: [p.target.map((n) => (n === -1 ? null : n))],
      problems: [
        draft(
          'reshapeCount',
          { input: showShape(x), have, target: p.target.map((n) => (n === -1 ? '?' : n)).join('×'), want: fixed },
          'target',
          { kind: 'set', params: { target: [-1] } },
        ),
      ],
    }
  },
  digest: (p) => p.target.map((n) => (n === -1 ? '?' : n)).join('×'),
  // To tfjs a −1 is unknown, as long as the batch is.
  tfjs: ({ target }, [x = []]) => {
    const rest = elements(x) / elements(target.filter((n) => n !== -1))
    return [tfLayer('reshape', { targetShape: target.map((n) => (n === -1 ? rest : n)) })]
  },
  onnx: (g, [x], _, y) => g.reshape(x, y),
  pytorch: (g, [x], _, y) => reshapeTorch(g, x, y),
})
