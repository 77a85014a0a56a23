import type { OnnxGraph } from './graph'

/**
 * A matrix with rows and columns swapped, of a graph for training. In a form that ONNX Runtime does not make part of the product which takes
 * it: summing over many rows, its products of turned matrices take twice as long.
 */
export function swapped(g: OnnxGraph, matrix: string): string {
  const [rows = 1, columns = 1] = g.sizeOf(matrix)
  const one = g.op('Reshape', [matrix, g.ints([1, rows, columns])])
  return g.op('Reshape', [g.op('Transpose', [one], { perm: [0, 2, 1] }), g.ints([columns, rows])])
}
