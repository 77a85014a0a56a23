import { createRequire } from 'node:module'
import type { Tensor } from 'onnxruntime-common'
import { z } from 'zod'
import { failure } from '#shared/training/failures'
import { errorLine } from '../apart'
import type { Provider } from './providers/provider'

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
  /** Whether the processor computes some of it, although a provider was asked for. */
  readonly mixed: boolean
  run(feeds: Feeds, fetches: Fetches): Readonly<Record<string, Tensor>>
  dispose(): void
}

/**
 * How long a thread waits by spinning before it sleeps. Left to itself ONNX Runtime spins longer, which is no faster, and beside another
 * busy process 1.14 to 1.43 times slower, since what spins takes the processor from what computes.
 */
const SPIN_MICROSECONDS = '100'

export interface SessionOptions {
  readonly threads: number
  /** What computes instead of the processor. */
  readonly provider?: Provider | null
  /** Results that stay on the provider's GPU. They must be freed before the session is; and all results must be fetched in each run. */
  readonly staying?: readonly string[]
  /** Where to write what each operator took, as the beginning of a file's name. */
  readonly profile?: string | undefined
}

/** Loads a model. Throws where it, or the library, does not do. */
export function createSession(model: Uint8Array, options: SessionOptions): Session {
  if (!options.provider) return load(model, options, false)
  try {
    return load(model, options, true)
  } catch (e) {
    if (!(e instanceof Error) || !e.message.includes('fallback to CPU EP has been explicitly disabled')) throw e
    return { ...load(model, options, false), mixed: true }
  }
}

/** `whole`: the provider must compute everything. */
function load(
  model: Uint8Array,
  { staying = [], profile, provider, threads }: SessionOptions,
  whole: boolean,
): Session {
  const { binding, initOrt } = bindingSchema.parse(require('onnxruntime-node/dist/binding.js'))
  initOrt()
  const made = new binding.InferenceSession()
  const session = sessionSchema.parse(made)
  const wholly = whole ? { disable_cpu_ep_fallback: '1' } : {}
  session.loadModel.call(made, model.buffer, model.byteOffset, model.byteLength, {
    intraOpNumThreads: threads,
    graphOptimizationLevel: 'all',
    // A pattern lies in memory beside what the first run took, which is never given back: up to 1.7 times as much in all, and no faster.
    enableMemPattern: false,
    logSeverityLevel: provider ? 4 : 3,
    extra: { session: { intra_op: { spin_duration_us: SPIN_MICROSECONDS }, ...wholly } },
    ...provider?.options,
    ...(staying.length > 0 && {
      preferredOutputLocation: Object.fromEntries(staying.map((name) => [name, 'gpu-buffer'])),
    }),
    ...(profile !== undefined && { enableProfiling: true, profileFilePrefix: profile }),
  })
  return {
    mixed: false,
    run(feeds, fetches) {
      try {
        return session.run.call(made, feeds, fetches, {})
      } catch (e) {
        throw provider
          ? new Error(failure('gpuFailed', { reason: errorLine(e instanceof Error ? e.message : String(e)) }))
          : e
      }
    },
    dispose() {
      if (profile !== undefined) session.endProfiling.call(made)
      session.dispose.call(made)
    },
  }
}

export const floatTensor = (values: Float32Array, shape: readonly number[]): Tensor =>
  new common.Tensor('float32', values, shape)

/** Frees a result if it has stayed on a GPU. */
export function drop(tensor: Tensor): void {
  if (tensor.location !== 'cpu') tensor.dispose()
}
