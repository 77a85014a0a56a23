import type { OnnxGraph, Value } from './graph'

interface Affine {
  readonly epsilon: number
}

const filled = (g: OnnxGraph, n: number, value: number): string =>
  g.floats(
    Array.from({ length: n }, () => value),
    [n],
  )

/** x · gamma + beta, the two along the given axes of the sample; left out where the layer has none. */
function affine(g: OnnxGraph, x: Value, axes: readonly number[]): Value {
  const sizes: number[] = Array.from({ length: x.shape.length + 1 }, () => 1)
  for (const axis of axes) sizes[g.axis(x, axis)] = x.shape.at(axis) ?? 1
  // Leading ones are what broadcasting adds anyway.
  const shape = sizes.slice(1)
  const [gamma, beta] = [g.optionalWeight('gamma', { shape }), g.optionalWeight('beta', { shape })]
  const scaled = gamma === null ? x : g.each('Mul', x, {}, [gamma])
  return beta === null ? scaled : g.each('Add', scaled, {}, [beta])
}

/** By the moving statistics, as at inference. Other axes than that of the channels are brought to its place and back. */
export function batchNormOnnx(g: OnnxGraph, x: Value, p: Affine & { readonly axis: number }): Value {
  const rank = x.shape.length
  const axis = p.axis < 0 ? p.axis + rank : p.axis
  const n = x.shape[axis] ?? 1
  const scale = g.optionalWeight('gamma') ?? filled(g, n, 1)
  const shift = g.optionalWeight('beta') ?? filled(g, n, 0)
  const statistics = [scale, shift, g.weight('movingMean'), g.weight('movingVariance')]
  const attributes = { epsilon: { float: p.epsilon } }
  if (axis === rank - 1) return g.each('BatchNormalization', g.first(x), attributes, statistics)
  const perm = Array.from({ length: rank + 1 }, (_, i) => i)
  ;[perm[1], perm[axis + 1]] = [axis + 1, 1]
  const there = g.op('Transpose', [g.last(x).name], { perm })
  const done = g.op('BatchNormalization', [there, ...statistics], attributes)
  return { name: g.op('Transpose', [done], { perm }), shape: x.shape, layout: 'last' }
}

/** Over any axes of the sample. */
export function layerNormOnnx(g: OnnxGraph, input: Value, p: Affine & { readonly axis: readonly number[] }): Value {
  const x = g.last(input)
  const axes = [...new Set(p.axis.map((a) => g.axis(x, a)))].sort((a, b) => a - b)
  const centred = g.each('Sub', x, {}, [g.op('ReduceMean', [x.name], { axes })])
  const variance = g.op('ReduceMean', [g.op('Mul', [centred.name, centred.name])], { axes })
  const deviation = g.op('Sqrt', [g.op('Add', [variance, g.floats([p.epsilon])])])
  return affine(
    g,
    g.each('Div', centred, {}, [deviation]),
    axes.map((a) => a - 1),
  )
}

/** Each group of channels is one channel of an instance normalization over all that is in it. */
export function groupNormOnnx(g: OnnxGraph, input: Value, p: Affine & { readonly groups: number }): Value {
  const x = g.first(input)
  const channels = x.shape.at(-1) ?? 1
  const grouped = g.op('Reshape', [x.name, g.ints([0, p.groups, -1])])
  const even = g.op('InstanceNormalization', [grouped, filled(g, p.groups, 1), filled(g, p.groups, 0)], {
    epsilon: { float: p.epsilon },
  })
  const name = g.op('Reshape', [even, g.ints([0, channels, ...x.shape.slice(0, -1)])])
  return affine(g, { ...x, name }, [-1])
}

/** ONNX divides alpha by the size of the window. */
export function lrnOnnx(
  g: OnnxGraph,
  x: Value,
  p: { readonly depthRadius: number; readonly bias: number; readonly alpha: number; readonly beta: number },
): Value {
  const size = 2 * p.depthRadius + 1
  const floats = { bias: { float: p.bias }, alpha: { float: p.alpha * size }, beta: { float: p.beta } }
  return g.each('LRN', g.first(x), { size, ...floats })
}
