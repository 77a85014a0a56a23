import type { Tensor } from 'onnxruntime-common'
import { OnnxGraph } from '#shared/export/onnx/graph'
import { encodeTraining } from '#shared/export/onnx/model'
import { createSession, drop, type Feeds, type Session, type SessionOptions } from '../session'

/**
 * A session that leaves its results on the GPU, but for those named by `here`. Of the others, those named by `state` are handed out as they
 * are, to be fed to a later run; what else is asked for is brought here, and what is not asked for is freed.
 */
export function stayingSession(
  model: Uint8Array,
  results: readonly string[],
  state: ReadonlySet<string>,
  here: ReadonlySet<string | null | undefined>,
  options: SessionOptions,
): Session {
  const session = createSession(model, { ...options, staying: results.filter((name) => !here.has(name)) })
  const all = Object.fromEntries(results.map((name) => [name, null]))
  return {
    ...session,
    run(feeds, fetches) {
      const got = session.run(feeds, all)
      const others = Object.entries(got).filter(([name, { location }]) => location !== 'cpu' && !state.has(name))
      const asked = others.filter(([name]) => name in fetches)
      const brought = asked.length > 0 ? readBack(Object.fromEntries(asked), options) : {}
      for (const [, tensor] of others) drop(tensor)
      return { ...got, ...brought }
    },
  }
}

/** What lies on a GPU, as arrays. A session that does nothing else: tensors themselves can be read only at a later turn of the event loop. */
export function readBack(staying: Feeds, { provider, threads }: Pick<SessionOptions, 'provider' | 'threads'>): Feeds {
  const g = new OnnxGraph({ batch: 1 })
  const names = Object.entries(staying).map(([name, { dims }]) => {
    g.declare(name, dims)
    return [name, g.op('Identity', [name])] as const
  })
  const copies = names.map(([, copy]) => copy)
  const model = encodeTraining(g, Object.keys(staying), copies)
  const session = createSession(model, { threads, ...(provider && { provider }) })
  const got = session.run(staying, Object.fromEntries(copies.map((copy) => [copy, null])))
  session.dispose()
  return Object.fromEntries(names.map(([name, copy]) => [name, got[copy] as Tensor]))
}
