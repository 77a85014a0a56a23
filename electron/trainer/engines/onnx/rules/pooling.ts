import type { OnnxGraph } from '#shared/export/onnx/graph'
import { spaced } from '../windows'
import { asNumber, listOf, positivePart, type Rule, rule } from './rule'

interface Window {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly pads: readonly number[]
}
const windowOf = (attributes: Readonly<Record<string, unknown>>): Window => ({
  kernel: listOf(attributes.kernel_shape),
  strides: listOf(attributes.strides),
  pads: listOf(attributes.pads),
})

/** Windows that lie side by side and cover the input exactly. */
const tiles = ({ kernel, strides, pads }: Window, x: readonly number[]): boolean =>
  kernel.every((k, i) => k === strides[i] && (x[i + 2] ?? 0) % k === 0) && pads.every((p) => p === 0)

/** Repeats every element over the window that it came from. */
const spread = (g: OnnxGraph, x: string, kernel: readonly number[]): string =>
  g.op('Resize', [x, '', g.floats([1, 1, ...kernel], [kernel.length + 2])], {
    mode: 'nearest',
    nearest_mode: 'floor',
    coordinate_transformation_mode: 'asymmetric',
  })

/** Every tap of every window: places of the padded input along each axis. */
function taps({ kernel }: Window): readonly (readonly number[])[] {
  return kernel.reduce<readonly (readonly number[])[]>(
    (all, k) => all.flatMap((tap) => Array.from({ length: k }, (_, i) => [...tap, i])),
    [[]],
  )
}

/** What one tap of all windows sees of the padded input. */
function seen(
  g: OnnxGraph,
  padded: string,
  tap: readonly number[],
  { strides }: Window,
  out: readonly number[],
): string {
  const axes = tap.map((_, i) => i + 2)
  const ends = tap.map((t, i) => t + (strides[i] ?? 1) * ((out[i] ?? 1) - 1) + 1)
  return g.op('Slice', [padded, g.ints(tap), g.ints(ends), g.ints(axes), g.ints(strides)])
}

/** Puts what belongs to a tap back where it came from: zeros between the strides and around. */
function back(g: OnnxGraph, value: string, tap: readonly number[], w: Window, padded: readonly number[]): string {
  const out = g.sizeOf(value).slice(2)
  const wide = spaced(g, value, w.strides)
  const reach = out.map((n, i) => (n - 1) * (w.strides[i] ?? 1) + 1)
  const after = tap.map((t, i) => (padded[i + 2] ?? 0) - t - (reach[i] ?? 0))
  return g.op('Pad', [wide, g.ints([0, 0, ...tap, 0, 0, ...after])])
}

function padded(g: OnnxGraph, x: string, { pads }: Window, fill: number): string {
  if (pads.every((p) => p === 0)) return x
  const half = pads.length / 2
  return g.op('Pad', [x, g.ints([0, 0, ...pads.slice(0, half), 0, 0, ...pads.slice(half)]), g.floats([fill])])
}

/** Cuts the padding off again. */
function unpadded(g: OnnxGraph, x: string, like: string, { pads }: Window): string {
  if (pads.every((p) => p === 0)) return x
  const half = pads.length / 2
  const starts = pads.slice(0, half)
  const ends = starts.map((p, i) => p + (g.sizeOf(like)[i + 2] ?? 0))
  return g.op('Slice', [x, g.ints(starts), g.ints(ends), g.ints(starts.map((_, i) => i + 2))])
}

const LOWEST = -3.4e38

export const pooling = {
  /** To the largest of each window; where several are, as on an even background, they share it. */
  MaxPool: rule(({ g, maker, masked, node, x, y }, dy) => {
    const w = windowOf(node.attributes)
    if (tiles(w, g.sizeOf(x))) {
      // The ReLU before it is gone through here, where the map is smaller: the largest of a window is positive, or nothing is.
      const rectified = maker(x) === 'Relu'
      const own = rectified ? positivePart(g, dy, y) : dy
      const hits = asNumber(g, g.op('Equal', [x, spread(g, y, w.kernel)]))
      const share = g.op('AveragePool', [hits], { kernel_shape: w.kernel, strides: w.strides, pads: w.pads })
      const area = w.kernel.reduce((a, b) => a * b, 1)
      const even = g.op('Mul', [g.op('Mul', [own, g.floats([1 / area])]), g.op('Reciprocal', [share])])
      const dx = g.op('Mul', [spread(g, even, w.kernel), hits])
      if (rectified) masked.add(dx)
      return [dx]
    }
    const wide = padded(g, x, w, LOWEST)
    const out = g.sizeOf(y).slice(2)
    const hits = taps(w).map((tap) => ({ tap, hit: asNumber(g, g.op('Equal', [seen(g, wide, tap, w, out), y])) }))
    const even = g.op('Div', [
      dy,
      g.op(
        'Sum',
        hits.map((h) => h.hit),
      ),
    ])
    const parts = hits.map(({ tap, hit }) => back(g, g.op('Mul', [even, hit]), tap, w, g.sizeOf(wide)))
    return [unpadded(g, g.op('Sum', parts), x, w)]
  }),
  /** Evenly to each window; padding has no part in a mean. */
  AveragePool: rule(({ g, node, x, y }, dy) => {
    const w = windowOf(node.attributes)
    const area = w.kernel.reduce((a, b) => a * b, 1)
    if (tiles(w, g.sizeOf(x))) return [g.op('Mul', [spread(g, dy, w.kernel), g.floats([1 / area])])]
    const out = g.sizeOf(y).slice(2)
    const share = g.floats(shares(g.sizeOf(x).slice(2), out, w), [1, 1, ...out])
    const even = g.op('Mul', [dy, share])
    const wide = g
      .sizeOf(x)
      .map((n, i) => (i < 2 ? n : n + (w.pads[i - 2] ?? 0) + (w.pads[i - 2 + w.kernel.length] ?? 0)))
    return [
      unpadded(
        g,
        g.op(
          'Sum',
          taps(w).map((tap) => back(g, even, tap, w, wide)),
        ),
        x,
        w,
      ),
    ]
  }),
  GlobalAveragePool: rule(({ g, x }, dy) => {
    const size = g.sizeOf(x)
    const area = size.slice(2).reduce((a, b) => a * b, 1)
    return [g.op('Expand', [g.op('Mul', [dy, g.floats([1 / area])]), g.ints(size)])]
  }),
  GlobalMaxPool: rule(({ g, x, y }, dy) => [g.op('Mul', [dy, asNumber(g, g.op('Equal', [x, y]))])]),
  /** Of repeated values: the sum over the copies. */
  Resize: rule(({ g, x, y }, dy) => {
    const [from, to] = [g.sizeOf(x), g.sizeOf(y)]
    const by = from.slice(2).map((n, i) => (to[i + 2] ?? n) / n)
    const mean = g.op('AveragePool', [dy], { kernel_shape: by, strides: by, pads: by.flatMap(() => [0, 0]) })
    return [g.op('Mul', [mean, g.floats([by.reduce((a, b) => a * b, 1)])]), null, null]
  }),
} satisfies Record<string, Rule>

/** One over the number of inputs in each window. */
function shares(x: readonly number[], out: readonly number[], { kernel, strides, pads }: Window): number[] {
  const counts = out.map((n, axis) =>
    Array.from({ length: n }, (_, i) => {
      const start = i * (strides[axis] ?? 1) - (pads[axis] ?? 0)
      return Math.min(start + (kernel[axis] ?? 1), x[axis] ?? 0) - Math.max(start, 0)
    }),
  )
  return counts.reduce<number[]>((all, axis) => all.flatMap((a) => axis.map((b) => a / b)), [1])
}
