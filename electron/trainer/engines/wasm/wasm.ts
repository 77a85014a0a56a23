import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { type BackendWasm, setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm'
import { setBackend } from '../backend'
import type { Engine } from '../engine'
import { registerKernels } from './kernels'

/** The built-in default: WebAssembly with SIMD, with the kernels that training needs supplied by us. */
export const wasm: Engine = {
  name: 'wasm',
  probe: async () => ({ name: 'wasm', version: version_wasm, available: true }),
  async load() {
    if (tf.getBackend() !== 'wasm') {
      const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
      setWasmPaths(join(dirname(entry), sep))
      registerKernels()
    }
    return setBackend('wasm')
  },
  // On the backend's memory, without copying through JavaScript. Into a new tensor, since the backend keeps packed copies of weights
  // by their identity: a value changed in place would not be seen.
  update(variable, gradient, rule) {
    const backend = tf.backend() as BackendWasm
    const next = backend.makeOutput(variable.shape, variable.dtype)
    const parameter = backend.typedArrayFromHeap(next) as Float32Array
    parameter.set(backend.typedArrayFromHeap(variable))
    rule(parameter, backend.typedArrayFromHeap(gradient) as Float32Array)
    tf.tidy(() =>
      variable.assign(tf.engine().makeTensorFromDataId(next.dataId, variable.shape, variable.dtype, backend)),
    )
  },
}
