import type * as tf from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'

/** Computes on the backend's memory: a new tensor of `shape` from others, all float32. */
export function onHeap(
  backend: BackendWasm,
  shape: readonly number[],
  inputs: readonly tf.TensorInfo[],
  compute: (out: Float32Array, ...inputs: Float32Array[]) => void,
): tf.TensorInfo {
  const out = backend.makeOutput([...shape], 'float32')
  // Views are taken after the allocation: it may move the memory.
  const views = inputs.map((t) => backend.typedArrayFromHeap(t) as Float32Array)
  compute(backend.typedArrayFromHeap(out) as Float32Array, ...views)
  return out
}
