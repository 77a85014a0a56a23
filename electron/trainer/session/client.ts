import type { ChildProcess } from 'node:child_process'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import type { TryAnswer, TryQuestion, TrySubject } from '#shared/training/try'
import type { TrainerError } from '../protocol'
import { type SessionCommand, sessionReplySchema } from './protocol'

/** A process that holds a run in memory, as the host sees it. Whatever becomes of it, answers are values. */
export interface SessionHandle {
  readonly subject: Promise<Result<TrySubject, TrainerError>>
  /** Waits until the run is loaded. */
  ask(question: TryQuestion): Promise<Result<TryAnswer, TrainerError>>
  close(): void
  /** Resolves when the process is gone, for whatever reason. */
  readonly ended: Promise<void>
}

const gone = err({
  code: 'crashed',
  message: failure('answererGone', {}),
} as const)
const notUnderstood = err({
  code: 'failed',
  message: failure('answerUnread', {}),
} as const)

export function openSession(child: ChildProcess, folder: string, idleMs: number): SessionHandle {
  const waiting = new Map<number, (answer: Result<TryAnswer, TrainerError>) => void>()
  let nextId = 1
  let ready: (subject: Result<TrySubject, TrainerError>) => void = () => {}
  const subject = new Promise<Result<TrySubject, TrainerError>>((resolve) => {
    ready = resolve
  })
  const tell = (command: SessionCommand) => child.connected && child.send(command)
  const settle = (id: number, answer: Result<TryAnswer, TrainerError>) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
  }
  const fail = (error: Result<never, TrainerError>) => {
    ready(error)
    for (const id of [...waiting.keys()]) settle(id, error)
  }
  // Nobody reads them; a full pipe would stop the process.
  child.stdout?.resume()
  child.stderr?.resume()
  child.on('message', (raw) => {
    const reply = sessionReplySchema.safeParse(raw)
    if (!reply.success) {
      fail(notUnderstood)
      child.kill('SIGKILL')
    } else if (reply.data.kind === 'ready') ready(ok(reply.data.subject))
    else if (reply.data.kind === 'answer') settle(reply.data.id, ok(reply.data.answer))
    else if (reply.data.id === undefined) fail(err(reply.data.error))
    else settle(reply.data.id, err(reply.data.error))
  })
  const ended = new Promise<void>((resolve) => {
    const over = () => {
      fail(gone)
      resolve()
    }
    child.on('error', over)
    child.on('close', over)
  })
  tell({ kind: 'session', folder, idleMs })
  return {
    subject,
    ended,
    close: () => {
      child.kill('SIGKILL')
    },
    async ask(question) {
      const known = await subject
      if (!known.ok) return known
      if (!child.connected) return gone
      const id = nextId++
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        tell({ kind: 'ask', id, question })
      })
    },
  }
}
