import type { OnnxGraph, Value } from './graph'

/** All in the layout of the first, so that as few axes as possible are turned. */
const alike = (g: OnnxGraph, inputs: readonly Value[]): readonly Value[] =>
  inputs.map((v) => (inputs[0]?.layout === 'first' ? g.first(v) : g.last(v)))

/** An operator that takes any number of tensors. */
export function mergeOnnx(
  g: OnnxGraph,
  op: 'Sum' | 'Mean' | 'Max' | 'Min',
  inputs: readonly Value[],
  y: readonly number[],
): Value {
  const values = alike(g, inputs)
  const name = g.op(
    op,
    values.map((v) => v.name),
  )
  return { name, shape: y, layout: values[0]?.layout ?? 'last' }
}

/** An operator of two tensors, again and again. */
export function foldOnnx(g: OnnxGraph, op: 'Mul' | 'Sub', inputs: readonly Value[], y: readonly number[]): Value {
  const values = alike(g, inputs)
  const name = values.map((v) => v.name).reduce((a, b) => g.op(op, [a, b]))
  return { name, shape: y, layout: values[0]?.layout ?? 'last' }
}

export function concatOnnx(g: OnnxGraph, inputs: readonly Value[], axis: number, y: readonly number[]): Value {
  const values = alike(g, inputs)
  const [first] = values
  const names = values.map((v) => v.name)
  return {
    name: g.op('Concat', names, { axis: first ? g.axis(first, axis) : 1 }),
    shape: y,
    layout: first?.layout ?? 'last',
  }
}
