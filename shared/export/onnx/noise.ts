import type { OnnxGraph, Value } from './graph'

/** Sets a share of the values to 0 while training and scales the rest up; of whole channels, the same everywhere, if so asked. */
export function dropoutOnnx(g: OnnxGraph, x: Value, rate: number, channels = false): Value {
  if (!g.training || rate === 0) return x
  const size = g.inMemory(x)
  const shape = channels ? size.map((n, i) => (g.axis(x, -1) === i + 1 ? n : 1)) : size
  const kept = g.op('Cast', [g.op('GreaterOrEqual', [g.noise('uniform', shape), g.floats([rate])])], { to: 1 })
  return g.each('Mul', x, {}, [g.op('Mul', [kept, g.floats([1 / (1 - rate)])])])
}

/** Adds normal noise while training. */
export function noiseOnnx(g: OnnxGraph, x: Value, stddev: number): Value {
  if (!g.training) return x
  return g.each('Add', x, {}, [g.op('Mul', [g.noise('normal', g.inMemory(x)), g.floats([stddev])])])
}
