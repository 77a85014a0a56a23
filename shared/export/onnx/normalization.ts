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
export function batchNormOnnx(
  g: OnnxGraph,
  x: Value,
  p: Affine & { readonly axis: number; readonly momentum: number },
): Value {
  const rank = x.shape.length
  const axis = p.axis < 0 ? p.axis + rank : p.axis
  const n = x.shape[axis] ?? 1
  if (g.training && !g.frozen) return batchStatistics(g, x, p, axis)
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

/** By mean and variance of the batch, which move the kept ones; variance as in Keras, divided by n. */
function batchStatistics(g: OnnxGraph, v: Value, p: Affine & { readonly momentum: number }, axis: number): Value {
  const x = axis === v.shape.length - 1 ? v : g.last(v)
  const at = g.axis(x, axis)
  const axes = [0, ...x.shape.map((_, i) => i + 1)].filter((a) => a !== at)
  const n = x.shape[axis] ?? 1
  const sizes = [0, ...x.shape.map((_, i) => i + 1)].map((a) => (a === at ? n : 1))
  const [gamma, beta] = [g.optionalWeight('gamma', { shape: sizes }), g.optionalWeight('beta', { shape: sizes })]
  const { mean, variance, output } = normalized(g, x, { axes, gamma, beta, epsilon: p.epsilon })
  for (const [name, value] of [
    ['movingMean', mean],
    ['movingVariance', variance],
  ] as const) {
    const old = g.op('Mul', [g.weight(name), g.floats([p.momentum])])
    const fresh = g.op('Mul', [g.op('Reshape', [value, g.ints([n])]), g.floats([1 - p.momentum])])
    g.moved.push({ weight: g.nameOf(name), value: g.op('Add', [old, fresh]) })
  }
  return output
}

interface Statistics {
  readonly axes: readonly number[]

  readonly gamma: string | null
  readonly beta: string | null
  readonly epsilon: number
}

/**
 * With its gradient as a whole: with x̂ the normalized input, dx = γ / σ · (dy − mean(dy) − x̂ · mean(dy · x̂)), dγ = Σ dy · x̂, dβ = Σ dy
 * (Ioffe, Szegedy, 2015). Everything is written as products and sums with one number per channel, in as few passes over the map as
 * there can be: y = (x − mean) · a + β and dx = dy · a + (x − mean) · b + c.
 */
function normalized(g: OnnxGraph, x: Value, { axes, gamma, beta, epsilon }: Statistics) {
  const mean = (value: string) => g.op('ReduceMean', [value], { axes })
  let [average, variance, centred, inverse, scale] = ['', '', '', '', '']
  const forward = () => {
    average = mean(x.name)
    centred = g.op('Sub', [x.name, average])
    variance = mean(g.op('Mul', [centred, centred]))
    inverse = g.op('Reciprocal', [g.op('Sqrt', [g.op('Add', [variance, g.floats([epsilon])])])])
    scale = gamma === null ? inverse : g.op('Mul', [inverse, gamma])
    const scaled = g.op('Mul', [centred, scale])
    return beta === null ? scaled : g.op('Add', [scaled, beta])
  }
  const inputs = [x.name, ...(gamma === null ? [] : [gamma]), ...(beta === null ? [] : [beta])]
  const name = g.block(inputs, forward, ([dy]) => {
    if (!dy) return inputs.map(() => null)
    const size = g.sizeOf(dy)
    const count = g.floats([axes.reduce((n, a) => n * (size[a] ?? 1), 1)])
    const [first, second] = [mean(dy), mean(g.op('Mul', [dy, centred]))]
    const slope = g.op('Mul', [g.op('Mul', [inverse, inverse]), second])
    const along = g.op('Neg', [g.op('Mul', [scale, slope])])
    const shift = g.op('Neg', [g.op('Mul', [scale, first])])
    const rest = g.op('Add', [g.op('Mul', [centred, along]), shift])
    return [
      g.op('Add', [g.op('Mul', [dy, scale]), rest]),
      ...(gamma === null ? [] : [g.op('Mul', [g.op('Mul', [second, inverse]), count])]),
      ...(beta === null ? [] : [g.op('Mul', [first, count])]),
    ]
  })
  return { mean: average, variance, output: { ...x, name } }
}

/** Over any axes of the sample. */
export function layerNormOnnx(g: OnnxGraph, input: Value, p: Affine & { readonly axis: readonly number[] }): Value {
  const x = g.last(input)
  const axes = [...new Set(p.axis.map((a) => g.axis(x, a)))].sort((a, b) => a - b)
  return affine(
    g,
    { ...x, name: centredAndScaled(g, x.name, axes, p.epsilon) },
    axes.map((a) => a - 1),
  )
}

/** Minus the mean, by the standard deviation, over some axes. */
function centredAndScaled(g: OnnxGraph, x: string, axes: readonly number[], epsilon: number): string {
  const centred = g.op('Sub', [x, g.op('ReduceMean', [x], { axes })])
  const variance = g.op('ReduceMean', [g.op('Mul', [centred, centred])], { axes })
  return g.op('Div', [centred, g.op('Sqrt', [g.op('Add', [variance, g.floats([epsilon])])])])
}

/** Each group of channels is one channel of an instance normalization over all that is in it. */
export function groupNormOnnx(g: OnnxGraph, input: Value, p: Affine & { readonly groups: number }): Value {
  const x = g.first(input)
  const channels = x.shape.at(-1) ?? 1
  if (g.training) {
    const pieces = g.op('Reshape', [x.name, g.ints([0, p.groups, -1])])
    const even = centredAndScaled(g, pieces, [2], p.epsilon)
    return affine(g, { ...x, name: g.op('Reshape', [even, g.ints([0, channels, ...x.shape.slice(0, -1)])]) }, [-1])
  }
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
  if (g.training) {
    // The sum over neighbours as one of shifted slices, each of which has a gradient.
    const first = g.first(x)
    const channels = x.shape.at(-1) ?? 1
    const pads = Array.from({ length: 2 * (x.shape.length + 1) }, (_, i) =>
      i % (x.shape.length + 1) === 1 ? p.depthRadius : 0,
    )
    const squares = g.op('Pad', [g.op('Mul', [first.name, first.name]), g.ints(pads)])
    const shifted = Array.from({ length: size }, (_, i) =>
      g.op('Slice', [squares, g.ints([i]), g.ints([i + channels]), g.ints([1])]),
    )
    const strength = g.op('Add', [g.op('Mul', [g.op('Sum', shifted), g.floats([p.alpha])]), g.floats([p.bias])])
    return g.each('Div', first, {}, [g.op('Pow', [strength, g.floats([p.beta])])])
  }
  const floats = { bias: { float: p.bias }, alpha: { float: p.alpha * size }, beta: { float: p.beta } }
  return g.each('LRN', g.first(x), { size, ...floats })
}
