import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { type BackendWasm, setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm'
import { useBackend } from '../backend'
import type { Engine } from '../engine'
import { registerKernels } from './kernels'

/** The built-in default: WebAssembly with SIMD, with the kernels that training needs supplied by us. */
export const wasm: Engine = {
  name: 'wasm',
  probe: () => ({ name: 'wasm', version: version_wasm, available: true }),
  async load() {
    if (tf.getBackend() !== 'wasm') {
      const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
      setWasmPaths(join(dirname(entry), sep))
      registerKernels()
    }
    return useBackend('wasm')
  },
  // In place on the backend's memory: no copies.
  update(variable, gradient, rule) {
    const backend = tf.backend() as BackendWasm
    rule(backend.typedArrayFromHeap(variable) as Float32Array, backend.typedArrayFromHeap(gradient) as Float32Array)
  },
}
