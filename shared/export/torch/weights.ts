import { layOut } from '../onnx/weightLayout'
import type { TorchGraph, TorchWeight } from './graph'

type Turn = (values: Float32Array, from: readonly number[]) => Float32Array

/** With the axes in another order. */
export const permuted =
  (perm: readonly number[]): Turn =>
  (values, from) =>
    layOut(values, from, { perm }).values

/** Elements, or rows of so many numbers, by the places that they have in the drawing. */
export const reordered =
  (order: readonly number[] | null, width = 1): Turn =>
  (values) => {
    if (!order) return values
    const to = new Float32Array(values.length)
    order.forEach((from, at) => {
      to.set(values.subarray(from * width, (from + 1) * width), at * width)
    })
    return to
  }

/** `[...size, in, out]` as `[out, in, ...size]`. */
export const filtersFirst = (axes: number): Turn =>
  permuted([axes + 1, axes, ...Array.from({ length: axes }, (_, i) => i)])

/** A bias, in the order in which it comes. */
export const biasOf = (g: TorchGraph, path = 'bias'): readonly TorchWeight[] =>
  g.weight('bias', path, g.weightShape('bias'))
