import type { OnnxGraph } from '#shared/export/onnx/graph'
import { swapped } from '#shared/export/onnx/matrix'
import { asNumber, type Rule, rule, unstretched } from './rule'

/** Each input's gradient from what its elements contribute, brought to its own size. */
const each = (of: (g: OnnxGraph, dy: string, i: number, inputs: readonly string[]) => string): Rule =>
  rule(({ g, inputs, wanted }, dy) =>
    inputs.map((input, i) => (wanted[i] ? unstretched(g, of(g, dy, i, inputs), input) : null)),
  )

/** The gradient goes to the input that the result was taken from; to the first where several are equal. */
const chosen: Rule = rule(({ g, inputs, wanted, y }, dy) => {
  let rest = dy
  return inputs.map((input, i) => {
    const own = g.op('Mul', [rest, asNumber(g, g.op('Equal', [input, y]))])
    if (i < inputs.length - 1) rest = g.op('Sub', [rest, own])
    return wanted[i] ? unstretched(g, own, input) : null
  })
})

export const arithmetic = {
  Add: each((_, dy) => dy),
  Sum: each((_, dy) => dy),
  Sub: each((g, dy, i) => (i === 0 ? dy : g.op('Neg', [dy]))),
  Mul: each((g, dy, i, inputs) => g.op('Mul', [dy, inputs[1 - i] ?? ''])),
  // d(a / b) = dy / b and −dy · a / b².
  Div: each((g, dy, i, [a = '', b = '']) => {
    const part = g.op('Div', [dy, b])
    return i === 0 ? part : g.op('Neg', [g.op('Mul', [part, g.op('Div', [a, b])])])
  }),
  Mean: each((g, dy, _, inputs) => g.op('Mul', [dy, g.floats([1 / inputs.length])])),
  Max: chosen,
  Min: chosen,
  /** dA = dy · Bᵀ, dB = Aᵀ · dy, over the last two axes. */
  MatMul: rule(({ g, inputs: [a = '', b = ''], wanted }, dy) => {
    const flat = g.sizeOf(b).length === 2
    return [
      wanted[0] ? unstretched(g, g.op('MatMul', [dy, turned(g, b)]), a) : null,
      wanted[1] ? right(g, a, b, dy, flat) : null,
    ]
  }),
} satisfies Record<string, Rule>

/** With the last two axes swapped. */
function turned(g: OnnxGraph, x: string): string {
  const perm = g.sizeOf(x).map((_, i) => i)
  const last = perm.length - 1
  return g.op('Transpose', [x], { perm: perm.map((i) => (i === last ? last - 1 : i === last - 1 ? last : i)) })
}

/** The gradient of the right factor; a matrix that all rows of `a` went through sees them as one long list of rows. */
function right(g: OnnxGraph, a: string, b: string, dy: string, flat: boolean): string {
  if (!flat) return unstretched(g, g.op('MatMul', [turned(g, a), dy]), b)
  const rows = (x: string) =>
    g.sizeOf(x).length === 2 ? x : g.op('Reshape', [x, g.ints([-1, g.sizeOf(x).at(-1) ?? 1])])
  return g.op('MatMul', [swapped(g, rows(a)), rows(dy)])
}
