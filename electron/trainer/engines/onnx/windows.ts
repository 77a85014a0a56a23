import type { OnnxGraph } from '#shared/export/onnx/graph'

/** Zeros between the elements of the spatial axes (those after the first two): n of them become (n − 1) · stride + 1. */
export function spaced(g: OnnxGraph, x: string, strides: readonly number[]): string {
  if (strides.every((s) => s === 1)) return x
  const size = g.sizeOf(x)
  const spatial = size.slice(2)
  // Each axis n becomes n × 1, is padded to n × stride, and read as one axis again; what follows the last element is cut off.
  const pairs = g.op('Reshape', [x, g.ints([...size.slice(0, 2), ...spatial.flatMap((n) => [n, 1])])])
  const after = [0, 0, ...strides.flatMap((s) => [0, s - 1])]
  const filled = g.op('Pad', [pairs, g.ints([...after.map(() => 0), ...after])])
  const wide = g.op('Reshape', [filled, g.ints([...size.slice(0, 2), ...spatial.map((n, i) => n * (strides[i] ?? 1))])])
  const ends = spatial.map((n, i) => (n - 1) * (strides[i] ?? 1) + 1)
  const axes = spatial.map((_, i) => i + 2)
  return g.op('Slice', [wide, g.ints(axes.map(() => 0)), g.ints(ends), g.ints(axes)])
}
