import { failure } from '#shared/training/failures'
import { type SessionReply, sessionCommandSchema } from './protocol'
import { serveSession } from './serve'

/** The process that keeps one run in memory. It writes nothing, so that it may be ended at any moment. */
const send = (reply: SessionReply): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send?.(reply, undefined, undefined, () => resolve())
    else resolve()
  })
const serve = serveSession(send, () => process.exit())

// Ctrl-C reaches the whole group of processes; the parent decides.
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit())
process.on('message', async (raw) => {
  const command = sessionCommandSchema.safeParse(raw)
  if (command.success) await serve(command.data)
  else await send({ kind: 'error', error: { code: 'failed', message: failure('questionUnread', {}) } })
})
