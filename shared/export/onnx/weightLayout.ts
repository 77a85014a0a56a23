import { elements } from '../../layer'
import type { OnnxGraph } from './graph'

/**
 * How a weight's own layout (tfjs's) becomes ONNX's: blocks along the last axis in another order, then axes in another order, then another
 * shape of the same elements.
 */
export interface WeightLayout {
  readonly blocks?: readonly number[]
  readonly perm?: readonly number[]
  readonly shape?: readonly number[]
}
/** Brings a weight's values into ONNX's layout; `shape` is that of the result. */
export function layOut(
  values: Float32Array,
  from: readonly number[],
  { blocks, perm, shape }: WeightLayout,
): { readonly values: Float32Array; readonly shape: readonly number[] } {
  const ordered = blocks ? reorderBlocks(values, from.at(-1) ?? 1, blocks) : values
  const turned = perm ? transpose(ordered, from, perm) : ordered
  return { values: turned, shape: shape ?? (perm ? perm.map((a) => from[a] ?? 1) : from) }
}

/** The same of a weight that is fed, within the graph. */
export function laidOut(g: OnnxGraph, weight: string, { blocks, perm, shape }: WeightLayout): string {
  const parts = blocks ? g.ops('Split', [weight], blocks.length, { axis: -1 }) : []
  const ordered = blocks
    ? g.op(
        'Concat',
        blocks.map((from) => parts[from] ?? ''),
        { axis: -1 },
      )
    : weight
  const turned = perm ? g.op('Transpose', [ordered], { perm }) : ordered
  return shape ? g.op('Reshape', [turned, g.ints(shape)]) : turned
}

function reorderBlocks(values: Float32Array, width: number, blocks: readonly number[]): Float32Array {
  const size = width / blocks.length
  const to = new Float32Array(values.length)
  for (let row = 0; row < values.length; row += width)
    blocks.forEach((from, at) => {
      to.set(values.subarray(row + from * size, row + (from + 1) * size), row + at * size)
    })
  return to
}

function transpose(values: Float32Array, shape: readonly number[], perm: readonly number[]): Float32Array {
  const stride = shape.map((_, i) => elements(shape.slice(i + 1)))
  const [sizes, steps] = [perm.map((a) => shape[a] ?? 1), perm.map((a) => stride[a] ?? 1)]
  const to = new Float32Array(values.length)
  const at = sizes.map(() => 0)
  let from = 0
  for (let i = 0; i < to.length; i++) {
    to[i] = values[from] ?? 0
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const [size, step] = [sizes[axis] ?? 1, steps[axis] ?? 1]
      from += step
      const next = (at[axis] ?? 0) + 1
      at[axis] = next
      if (next < size) break
      from -= size * step
      at[axis] = 0
    }
  }
  return to
}
