import { createRequire } from 'node:module'
import type { Tensor } from 'onnxruntime-common'
import { z } from 'zod'

const require = createRequire(import.meta.url)
// As the library itself requires it, which its other form for imports is not.
const common = require('onnxruntime-common') as typeof import('onnxruntime-common')

/** What of ONNX Runtime's own binding is used: the public interface puts every run off to a later turn of the event loop. */
const sessionSchema = z.object({
  loadModel: z.custom<(data: ArrayBufferLike, from: number, length: number, options: object) => void>(isFunction),
  run: z.custom<(feeds: Feeds, fetches: Fetches, options: object) => Readonly<Record<string, Tensor>>>(isFunction),
  endProfiling: z.custom<() => void>(isFunction),
  dispose: z.custom<() => void>(isFunction),
})
const bindingSchema = z.object({
  initOrt: z.custom<() => void>(isFunction),
  binding: z.object({ InferenceSession: z.custom<new () => unknown>(isFunction) }),
})
function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

export type Feeds = Readonly<Record<string, Tensor>>
/** Arrays to write results into; null has one made. */
export type Fetches = Readonly<Record<string, Tensor | null>>

export interface Session {
  run(feeds: Feeds, fetches: Fetches): Readonly<Record<string, Tensor>>
  dispose(): void
}

/**
 * How long a thread waits by spinning before it sleeps. Left to itself ONNX Runtime spins longer, which is no faster, and beside another
 * busy process 1.14 to 1.43 times slower, since what spins takes the processor from what computes.
 */
const SPIN_MICROSECONDS = '100'

/** Loads a model. Throws where it, or the library, does not do. `profile`: where to write what each operator took, as the beginning of a file's name. */
export function createSession(model: Uint8Array, threads: number, profile?: string): Session {
  const { binding, initOrt } = bindingSchema.parse(require('onnxruntime-node/dist/binding.js'))
  initOrt()
  const made = new binding.InferenceSession()
  const session = sessionSchema.parse(made)
  session.loadModel.call(made, model.buffer, model.byteOffset, model.byteLength, {
    intraOpNumThreads: threads,
    graphOptimizationLevel: 'all',
    // A pattern lies in memory beside what the first run took, which is never given back: up to 1.7 times as much in all, and no faster.
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { spin_duration_us: SPIN_MICROSECONDS } } },
    ...(profile !== undefined && { enableProfiling: true, profileFilePrefix: profile }),
  })
  return {
    run: (feeds, fetches) => session.run.call(made, feeds, fetches, {}),
    dispose() {
      if (profile !== undefined) session.endProfiling.call(made)
      session.dispose.call(made)
    },
  }
}

export const floatTensor = (values: Float32Array, shape: readonly number[]): Tensor =>
  new common.Tensor('float32', values, shape)
