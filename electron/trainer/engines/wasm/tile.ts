import type * as tf from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'

/** Repeats a tensor along its axes by moving whole blocks of memory: many times faster than the backend's own kernel. */
export function tile(x: tf.Tensor, reps: readonly number[], backend: BackendWasm): tf.TensorInfo {
  const shape = x.shape.map((n, i) => n * (reps[i] ?? 1))
  const out = backend.makeOutput(shape, x.dtype)
  const to = backend.typedArrayFromHeap(out)
  const from = backend.typedArrayFromHeap(x)
  const last = x.rank - 1
  // Writes the tile of the sub-tensor of `axis` at `read` to `write` and returns its length.
  const fill = (axis: number, read: number, write: number): number => {
    if (axis > last) {
      to[write] = from[read] ?? 0
      return 1
    }
    const n = x.shape[axis] ?? 1
    let block = 0
    if (axis === last) {
      to.set(from.subarray(read, read + n), write)
      block = n
    } else {
      const step = strides[axis] ?? 1
      for (let i = 0; i < n; i++) block += fill(axis + 1, read + i * step, write + block)
    }
    return repeat(to, write, block, reps[axis] ?? 1)
  }
  const strides = x.shape.map((_, i) => x.shape.slice(i + 1).reduce((a, b) => a * b, 1))
  if (to.length > 0) fill(0, 0, 0)
  return out
}

/** Copies the block at `start` behind itself until it stands there `times` times; the copied part doubles. */
function repeat(to: tf.backend_util.TypedArray, start: number, block: number, times: number): number {
  const total = block * times
  if (block === 1) to.fill(to[start] ?? 0, start, start + total)
  else
    for (let have = block; have < total; have *= 2)
      to.copyWithin(start + have, start, start + Math.min(have, total - have))
  return total
}
