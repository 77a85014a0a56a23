import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { err } from '#shared/result'
import { failure } from '#shared/training/failures'
import type { EngineInfo } from '#shared/training/run'
import type { Engine } from '../engine'
import { wasm } from '../wasm/wasm'
import { OnnxCompute } from './compute'

const packageSchema = z.object({ version: z.string() })

/**
 * ONNX Runtime on the processor: each network becomes one graph with its gradients. Weights, optimizer and whatever is computed of single
 * layers stay with the built-in engine.
 */
export const onnx: Engine = {
  name: 'onnx',
  probe(): EngineInfo {
    const found = installed()
    return typeof found === 'string'
      ? { name: 'onnx', version: found, available: true }
      : { name: 'onnx', version: '', available: false, reason: found.reason }
  },
  async load() {
    const { available, reason = '' } = onnx.probe()
    return available ? wasm.load() : err({ code: 'unavailable', message: reason })
  },
  update: wasm.update,
  compute: (task) => new OnnxCompute(task, availableParallelism()),
}

/** The version of the library, or why it cannot be used. */
function installed(): string | { readonly reason: string } {
  try {
    const require = createRequire(import.meta.url)
    require('onnxruntime-node/dist/binding.js')
    return packageSchema.parse(require('onnxruntime-node/package.json')).version
  } catch (e) {
    const why = e instanceof Error ? e.message.split('\n')[0] : String(e)
    return { reason: failure('onnxMissing', { reason: why ?? '' }) }
  }
}
