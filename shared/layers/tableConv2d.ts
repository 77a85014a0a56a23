import { activationFlops } from '../activations'
import { activationField, bias, convWindow, paddedTfjs, useBiasField, windowFields, windowShape } from '../convolution'
import { digestWindow } from '../digest'
import { onnxActivations } from '../export/onnx/activations'
import { onnxConv } from '../export/onnx/convolution'
import { torchActivation } from '../export/torch/activations'
import { torchConv } from '../export/torch/convolution'
import { biasOf } from '../export/torch/weights'
import { text } from '../fields'
import { defineLayer, elements } from '../layer'
import { type Draft, draft } from '../problems'
import { ofRank } from '../rank'
import { customLayer } from '../tfjs'

/** One row per filter: the input channels that it sees. `null` if the text is no such table. */
function parseTable(table: string): readonly (readonly number[])[] | null {
  const rows = table
    .split(';')
    .map((row) => row.split(',').map((cell) => (/^\s*\d{1,6}\s*$/.test(cell) ? Number(cell) : -1)))
  return rows.every((row) => row.every((c) => c >= 0) && new Set(row).size === row.length) ? rows : null
}
const lenet = [
  ...['0,1,2', '1,2,3', '2,3,4', '3,4,5', '0,4,5', '0,1,5'],
  ...['0,1,2,3', '1,2,3,4', '2,3,4,5', '0,3,4,5', '0,1,4,5', '0,1,2,5'],
  ...['0,1,3,4', '1,2,4,5', '0,2,3,5', '0,1,2,3,4,5'],
].join('; ')

const { dilationRate: _, ...windowed } = windowFields(2)
const undilated = <P extends object>(p: P) => ({ ...p, dilationRate: [1, 1] })
const connections = (table: string): number => parseTable(table)?.reduce((sum, row) => sum + row.length, 0) ?? 0

export const tableConv2d = defineLayer({
  label: 'Table conv 2D',
  category: 'convolution',
  doc: {
    summary: "Each filter sees only the input channels that a table names; the default is that of LeNet-5's layer C3.",
    formula: 'y[i,j,o] = act(b[o] + Σ w[u,v,c,o] · x[s·i + u − p, s·j + v − p, c]), c in the row o of the table',
    source: 'LeCun et al., Gradient-based learning applied to document recognition, 1998',
  },
  fields: {
    table: text({ default: lenet, help: "Input channels of each filter, counted from 0, such as '0,1,2; 1,2,3'." }),
    ...windowed,
    activation: activationField,
    useBias: useBiasField,
  },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { kernelSize: [5, 5], padding: 'valid' },
      inputs: [[14, 14, 6]],
      outputs: [[10, 10, 16]],
      weights: { kernel: [5, 5, 60], bias: [16] },
      macs: 150_000,
    },
    {
      params: { table: '0; 1; 0,1', padding: [1, 1, 1, 1], strides: [2, 2], useBias: false },
      inputs: [[8, 8, 2]],
      outputs: [[4, 4, 3]],
      weights: { kernel: [3, 3, 4] },
      macs: 576,
    },
  ],
  shape([x = null], p) {
    const input = ofRank(x, 3, 'Table conv 2D')
    const { out, problems } = windowShape(input.shape.slice(0, 2), undilated(p))
    const table = parseTable(p.table)
    return {
      outputs: [[...out, table?.length ?? null]],
      problems: [...input.problems, ...problems, ...checkTable(table, p.table, input.shape[2] ?? null)],
    }
  },
  weights: (_inputs, p) => {
    const table = parseTable(p.table)
    return [
      { name: 'kernel', shape: [...p.kernelSize, table && connections(p.table)], trainable: true },
      ...bias(p.useBias, table?.length ?? null),
    ]
  },
  // MACs: output positions · connections · kernel area.
  cost([x = []], [y = []], p) {
    const n = elements(y)
    const macs = elements(y.slice(0, 2)) * connections(p.table) * elements(p.kernelSize)
    return {
      macs,
      flops: 2 * macs + (p.useBias ? n : 0) + activationFlops(p.activation, n),
      window: convWindow(x, undilated(p)),
    }
  },
  digest: (p) => digestWindow(p.kernelSize, p.strides, p.padding, parseTable(p.table)?.length),
  tfjs: ({ table, padding: pad, ...p }, inputs) =>
    paddedTfjs(undilated({ ...p, padding: pad }), inputs, (padding) =>
      customLayer('tableConv2d', { ...p, padding, table: parseTable(table) ?? [] }),
    ),
  onnx(g, [x], p, y) {
    const channels = x.shape.at(-1) ?? 1
    const [h = 1, w = 1, count = 0] = g.weightShape('kernel')
    // A kernel per filter and channel; where the table has none, zeros.
    const taps = g.weight('kernel', { perm: [2, 0, 1], shape: [count, h * w] })
    const all = g.op('Concat', [taps, g.floats(new Array(h * w).fill(0), [1, h * w])], { axis: 0 })
    let next = 0
    const places = (parseTable(p.table) ?? []).flatMap((row) => {
      const from = next
      next += row.length
      return Array.from({ length: channels }, (_, c) => (row.includes(c) ? from + row.indexOf(c) : count))
    })
    const gathered = g.op('Gather', [all, g.ints(places)], { axis: 0 })
    const weight = g.op('Reshape', [gathered, g.ints([places.length / channels, channels, h, w])])
    const conv = { ...undilated(p), group: 1, weight, bias: g.optionalWeight('bias') }
    return onnxActivations[p.activation](g, onnxConv(g, x, conv, y))
  },
  pytorch(g, [x], p, y) {
    const table = parseTable(p.table) ?? []
    const channels = x.shape.at(-1) ?? 1
    const [h = 1, w = 1, count = 0] = g.weightShape('kernel')
    const area = h * w
    // A kernel per filter and channel; where the table has none, zeros.
    const spread = (values: Float32Array) => {
      const to = new Float32Array(table.length * channels * area)
      let from = 0
      for (const [filter, row] of table.entries())
        for (const channel of row) {
          for (let tap = 0; tap < area; tap++)
            to[(filter * channels + channel) * area + tap] = values[tap * count + from] ?? 0
          from++
        }
      return to
    }
    const weights = [...g.weight('kernel', 'weight', [table.length, channels, h, w], spread), ...biasOf(g)]
    const first = [
      { name: 'table', value: `[${table.map((row) => `[${row.join(', ')}]`).join(', ')}]`, positional: true },
      { name: 'in_channels', value: channels, positional: true },
    ]
    const conv = { ...undilated(p), groups: 1, weights, hasBias: p.useBias, type: 'TableConv2d', first }
    return torchActivation(g, p.activation, torchConv(g, x, conv, y))
  },
})

function checkTable(table: readonly (readonly number[])[] | null, value: string, channels: number | null): Draft[] {
  const short = value.length > 60 ? `${value.slice(0, 57)}…` : value
  if (!table) return [draft('badTable', { value: short }, 'table')]
  const highest = table.flat().reduce((max, c) => Math.max(max, c), 0)
  return channels === null || highest < channels ? [] : [draft('tableChannel', { channel: highest, channels }, 'table')]
}
