import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { failure } from '#shared/training/failures'
import type { Built } from './built'
import { Gate } from './gate'
import { perform } from './jobs'
import { commandSchema, type Reply, type TrainerRequest } from './protocol'

/** The training process: it takes one request, does it, answers and ends. */
const self = fileURLToPath(import.meta.url)
const beside = (name: string): string => join(dirname(self), name)
const built: Built = {
  trainer: self,
  customLayers: beside('customLayers.js'),
  augmentThread: beside('augmentThread.js'),
}
const stop = new AbortController()
const gate = new Gate()
let go: (limit: number) => void = () => {}
const gone = new Promise<number>((resolve) => {
  go = resolve
})
let started = false

/** Resolves when the parent has it, so that the process does not end before. */
const send = (reply: Reply): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send?.(reply, undefined, undefined, () => resolve())
    else resolve()
  })

const turn = async (): Promise<number> => {
  await send({ kind: 'ready' })
  return gone
}

// Ctrl-C reaches the whole group of processes; the parent decides what becomes of the run.
process.on('SIGINT', () => {})
// The parent is gone: keep what is there.
process.on('disconnect', () => {
  stop.abort()
  go(0)
})

process.on('message', async (raw) => {
  const command = commandSchema.safeParse(raw)
  if (!command.success) await send({ kind: 'error', error: { code: 'failed', message: failure('requestUnread', {}) } })
  else if (command.data.kind === 'stop') stop.abort()
  else if (command.data.kind === 'pause') gate.close()
  else if (command.data.kind === 'continue') gate.open()
  else if (command.data.kind === 'go') go(command.data.limit ?? Number.POSITIVE_INFINITY)
  else if (!started) {
    started = true
    await answer(command.data)
    process.exit()
  }
})

async function answer(request: TrainerRequest): Promise<void> {
  const emit = (event: Extract<Reply, { kind: 'event' }>['event']) => void send({ kind: 'event', event })
  try {
    const result = await perform(request, emit, { signal: stop.signal, gate }, built, turn)
    await send(result.ok ? { kind: 'done', value: result.value } : { kind: 'error', error: result.error })
  } catch (e) {
    const reason = (e instanceof Error ? e.message : String(e)).replace(/\.$/, '')
    const message = failure('processFailed', { reason })
    await send({ kind: 'error', error: { code: 'failed', message } })
  }
}
