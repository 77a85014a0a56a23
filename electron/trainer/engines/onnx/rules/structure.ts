import { asNumber, listOf, numberOf, type Rule, rule } from './rule'

const place = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis)

/** Operators that move elements about, and sums and means over axes. */
export const structure = {
  Transpose: rule(({ g, node }, dy) => {
    const perm = listOf(node.attributes.perm)
    // What was only just turned this way is taken as it was.
    const last = g.nodes.findLast((n) => n.outputs[0] === dy)
    if (last?.op === 'Transpose' && listOf(last.attributes.perm).join() === perm.join()) return [last.inputs[0] ?? null]
    return [g.op('Transpose', [dy], { perm: perm.map((_, i) => perm.indexOf(i)) })]
  }),
  Reshape: rule(({ g, x }, dy) => [g.op('Reshape', [dy, g.ints(g.sizeOf(x))]), null]),
  Unsqueeze: rule(({ g, x }, dy) => [g.op('Reshape', [dy, g.ints(g.sizeOf(x))]), null]),
  Concat: rule(({ g, inputs, node, wanted, y }, dy) => {
    const axis = place(numberOf(node.attributes.axis, 0), g.sizeOf(y).length)
    let from = 0
    return inputs.map((input, i) => {
      const start = from
      from += g.sizeOf(input)[axis] ?? 0
      return wanted[i] ? g.op('Slice', [dy, g.ints([start]), g.ints([from]), g.ints([axis])]) : null
    })
  }),
  /** Results that nothing came back for count as zeros. */
  Split: ({ g, node, outputs }, gradients) => {
    if (gradients.every((dy) => !dy)) return [null]
    const zeros = (name: string) => {
      const shape = g.sizeOf(name)
      return g.floats(new Array(shape.reduce((a, b) => a * b, 1)).fill(0), shape)
    }
    const parts = outputs.map((name, i) => gradients[i] ?? zeros(name))
    return [g.op('Concat', parts, { axis: numberOf(node.attributes.axis, 0) })]
  },
  Slice: rule(({ g, inputs, x, y }, dy) => {
    const [from, to] = [g.sizeOf(x), g.sizeOf(y)]
    const axes = inputs[3] ? g.intsOf(inputs[3]).map((a) => place(a, from.length)) : from.map((_, i) => i)
    const starts = g.intsOf(inputs[1] ?? '')
    const before = from.map((_, i) => (axes.includes(i) ? (starts[axes.indexOf(i)] ?? 0) : 0))
    const after = from.map((n, i) => n - (to[i] ?? n) - (before[i] ?? 0))
    return [g.op('Pad', [dy, g.ints([...before, ...after])])]
  }),
  Pad: rule(({ g, inputs, x }, dy) => {
    const shape = g.sizeOf(x)
    const before = g.intsOf(inputs[1] ?? '').slice(0, shape.length)
    const ends = shape.map((n, i) => n + (before[i] ?? 0))
    return [g.op('Slice', [dy, g.ints(before), g.ints(ends), g.ints(shape.map((_, i) => i))]), null]
  }),
  /** Rows of a table that were asked for several times add up. */
  Gather: rule(({ g, inputs: [table = '', indices = ''], node, wanted }, dy) => {
    if (!wanted[0]) return [null, null]
    const shape = g.sizeOf(table)
    const axis = place(numberOf(node.attributes.axis, 0), shape.length)
    const one = g.sizeOf(indices).length === 0
    if (one) {
      const at = g.intsOf(indices)[0] ?? 0
      const kept = g.op('Unsqueeze', [dy, g.ints([axis])])
      const pads = shape.map((_, i) => (i === axis ? at : 0))
      const after = shape.map((n, i) => (i === axis ? n - 1 - at : 0))
      return [g.op('Pad', [kept, g.ints([...pads, ...after])]), null]
    }
    const zeros = g.op('Expand', [g.floats([0]), g.ints(shape)])
    const places = g.op('Reshape', [indices, g.ints([...g.sizeOf(indices), 1])])
    return [g.op('ScatterND', [zeros, places, dy], { reduction: 'add' }), null]
  }),
  ReduceMean: rule(({ g, x, y }, dy) => {
    const size = (name: string) => g.sizeOf(name).reduce((a, b) => a * b, 1)
    const kept = keepAxes(g.sizeOf(x).length === g.sizeOf(y).length, dy)
    return [g.op('Expand', [g.op('Mul', [kept, g.floats([size(y) / size(x)])]), g.ints(g.sizeOf(x))])]
  }),
  ReduceSum: rule(({ g, x }, dy) => [g.op('Expand', [dy, g.ints(g.sizeOf(x))]), null]),
  /** Over the last axis, which is gone; the gradient goes to the largest. */
  ReduceMax: rule(({ g, x, y }, dy) => {
    const back = (name: string) => g.op('Unsqueeze', [name, g.ints([-1])])
    return [g.op('Mul', [back(dy), asNumber(g, g.op('Equal', [x, back(y)]))])]
  }),
  /** Along the axis of the two directions, whose lengths are kept. */
  ReduceProd: rule(({ g, x, y }, dy) => [g.op('Mul', [dy, g.op('Div', [y, x])])]),
} satisfies Record<string, Rule>

function keepAxes(kept: boolean, dy: string): string {
  if (!kept) throw new Error('A mean that drops its axes has no gradient rule.')
  return dy
}
