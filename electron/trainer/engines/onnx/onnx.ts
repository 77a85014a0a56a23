import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { errorLine } from '../apart'
import type { Engine } from '../engine'
import { wasm } from '../wasm/wasm'
import { OnnxCompute } from './compute'
import { type Device, keepReady, lookAt } from './providers/look'
import type { Provider } from './providers/provider'

const packageSchema = z.object({ version: z.string() })

/**
 * ONNX Runtime on the processor: each network becomes one graph with its gradients. Weights, optimizer and whatever is computed of single
 * layers stay with the built-in engine.
 */
export const onnx: Engine = engine('onnx', null)

/** The same, computed by another of ONNX Runtime's providers. */
export const onnxOn = (provider: Provider): Engine => engine(provider.engine, provider)

function engine(name: Engine['name'], provider: Provider | null): Engine {
  return {
    name,
    async probe() {
      const seen = await look(provider)
      return seen.ok
        ? { name, available: true, ...seen.value }
        : { name, version: '', available: false, reason: seen.error }
    },
    async load() {
      const seen = await look(provider)
      if (!seen.ok) return err({ code: 'unavailable', message: seen.error })
      if (provider) keepReady(provider)
      return wasm.load()
    },
    update: wasm.update,
    compute: (task) => new OnnxCompute(task, { threads: availableParallelism(), provider }),
  }
}

async function look(provider: Provider | null): Promise<Result<Device & { readonly version: string }, string>> {
  const version = installed()
  if (!version.ok) return version
  const found = provider ? await lookAt(provider) : ok({})
  return found.ok ? ok({ version: version.value, ...found.value }) : found
}

/** The version of the library, or why it cannot be used. */
function installed(): Result<string, string> {
  try {
    const require = createRequire(import.meta.url)
    require('onnxruntime-node/dist/binding.js')
    return ok(packageSchema.parse(require('onnxruntime-node/package.json')).version)
  } catch (e) {
    return err(failure('onnxMissing', { reason: errorLine(e instanceof Error ? e.message : String(e)) }))
  }
}
