import type { OnnxGraph } from '#shared/export/onnx/graph'
import type { LossType } from '#shared/training/losses'
import { asNumber } from './rules/rule'

/** The derivative of a loss in the outputs of each sample, from outputs and targets of `[batch, n]`; see `shared/training/losses.ts`. */
type Slope = (g: OnnxGraph, y: string, t: string, n: number) => string

const number = (g: OnnxGraph, value: number): string => g.floats([value])
/** Of a loss that is a mean over the outputs. */
const mean =
  (derivative: (g: OnnxGraph, y: string, t: string) => string): Slope =>
  (g, y, t, n) =>
    g.op('Mul', [derivative(g, y, t), number(g, 1 / n)])
/** −1 and 1 for targets of 0 and 1. */
const side = (g: OnnxGraph, t: string): string => {
  const positive = asNumber(g, g.op('Greater', [t, number(g, 0)]))
  return g.op('Sub', [g.op('Mul', [positive, number(g, 2)]), number(g, 1)])
}
/** max(0, 1 − side · y), and the side. */
const margin = (g: OnnxGraph, y: string, t: string) => {
  const s = side(g, t)
  return { s, rest: g.op('Relu', [g.op('Sub', [number(g, 1), g.op('Mul', [s, y])])]) }
}

export const slopes: Readonly<Record<LossType, Slope>> = {
  categoricalCrossentropy: (g, y, t) => {
    const mass = g.op('ReduceSum', [t, g.ints([1])])
    return g.op('Sub', [g.op('Mul', [g.op('Softmax', [y], { axis: 1 }), mass]), t])
  },
  binaryCrossentropy: mean((g, y, t) => g.op('Sub', [g.op('Sigmoid', [y]), t])),
  // sign · α · (1 − p)² · (2 · p · log p − (1 − p)), p the probability of what is true.
  focal: mean((g, y, t) => {
    const sign = side(g, g.op('Sub', [t, number(g, 0.5)]))
    const log = g.op('Neg', [g.op('Softplus', [g.op('Neg', [g.op('Mul', [sign, y])])])])
    const p = g.op('Exp', [log])
    const rest = g.op('Sub', [number(g, 1), p])
    const alpha = g.op('Sub', [number(g, 0.5), g.op('Mul', [sign, number(g, 0.25)])])
    const inner = g.op('Sub', [g.op('Mul', [number(g, 2), g.op('Mul', [p, log])]), rest])
    return g.op('Mul', [g.op('Mul', [sign, alpha]), g.op('Mul', [g.op('Mul', [rest, rest]), inner])])
  }),
  // 1 for every wrong class within the margin of the true one, which gets minus their number.
  categoricalHinge: (g, y, t) => {
    const highest = g.op('ReduceMax', [t], { axes: [1] })
    const truth = asNumber(g, g.op('Equal', [t, highest]))
    const score = g.op('ReduceSum', [g.op('Mul', [y, truth]), g.ints([1])])
    const over = g.op('Greater', [g.op('Add', [g.op('Sub', [y, score]), number(g, 1)]), number(g, 0)])
    const active = g.op('Mul', [asNumber(g, over), g.op('Sub', [number(g, 1), truth])])
    return g.op('Sub', [active, g.op('Mul', [truth, g.op('ReduceSum', [active, g.ints([1])])])])
  },
  hinge: mean((g, y, t) => {
    const { s, rest } = margin(g, y, t)
    return g.op('Neg', [g.op('Mul', [s, asNumber(g, g.op('Greater', [rest, number(g, 0)]))])])
  }),
  squaredHinge: mean((g, y, t) => {
    const { s, rest } = margin(g, y, t)
    return g.op('Mul', [g.op('Mul', [s, rest]), number(g, -2)])
  }),
  meanSquaredError: mean((g, y, t) => g.op('Mul', [g.op('Sub', [y, t]), number(g, 2)])),
  meanAbsoluteError: mean((g, y, t) => g.op('Sign', [g.op('Sub', [y, t])])),
  huber: mean((g, y, t) => g.op('Clip', [g.op('Sub', [y, t]), number(g, -1), number(g, 1)])),
  logCosh: mean((g, y, t) => g.op('Tanh', [g.op('Sub', [y, t])])),
}
