import type { OnnxGraph } from '#shared/export/onnx/graph'
import type { RowAlgebra } from '#shared/training/slopes'
import { asNumber } from './rules/rule'

/** The formulas of training as operators of a graph; values are names of tensors. */
export function operators(g: OnnxGraph): RowAlgebra<string> {
  const one = (op: string) => (a: string) => g.op(op, [a])
  const two = (op: string) => (a: string, b: string) => g.op(op, [a, b])
  return {
    number: (value) => g.floats([value]),
    add: two('Add'),
    sub: two('Sub'),
    mul: two('Mul'),
    div: two('Div'),
    maximum: two('Max'),
    minimum: two('Min'),
    sqrt: one('Sqrt'),
    abs: one('Abs'),
    sign: one('Sign'),
    sum: (a) => g.op('ReduceSum', [a], { keepdims: 0 }),
    exp: one('Exp'),
    tanh: one('Tanh'),
    sigmoid: one('Sigmoid'),
    softplus: one('Softplus'),
    positive: (a) => asNumber(g, g.op('Greater', [a, g.floats([0])])),
    softmax: (a) => g.op('Softmax', [a], { axis: 1 }),
    rowSum: (a) => g.op('ReduceSum', [a, g.ints([1])]),
    rowMax: (a) => g.op('ReduceMax', [a], { axes: [1] }),
  }
}
