import { failure } from '#shared/training/failures'
import type { SessionCommand, SessionReply } from './protocol'
import { openSession, type Session } from './session'

/** Loads a run once and then answers questions about it. `end` is called when it cannot, or when nobody asks any more. */
export function serveSession(send: (reply: SessionReply) => Promise<void>, end: () => void) {
  let session: Session | undefined
  let idle: ReturnType<typeof setTimeout> | undefined
  let idleMs = 0

  const wait = () => {
    clearTimeout(idle)
    idle = setTimeout(end, idleMs)
  }
  const failed = (e: unknown) =>
    ({
      code: 'failed',
      message: failure('askingFailed', { reason: e instanceof Error ? e.message : String(e) }),
    }) as const

  return async (command: SessionCommand): Promise<void> => {
    if (command.kind === 'ask') {
      const { id, question } = command
      if (!session) return
      wait()
      try {
        const answer = await session.ask(question)
        await send(
          answer.ok ? { kind: 'answer', id, answer: answer.value } : { kind: 'error', id, error: answer.error },
        )
      } catch (e) {
        await send({ kind: 'error', id, error: failed(e) })
      }
      return
    }
    if (session) return
    idleMs = command.idleMs
    const opened = await openSession(command.folder).catch((e: unknown) => ({ ok: false, error: failed(e) }) as const)
    if (opened.ok) {
      session = opened.value
      wait()
      await send({ kind: 'ready', subject: session.subject })
    } else {
      await send({ kind: 'error', error: opened.error })
      end()
    }
  }
}
