import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Handlers, HostError } from '#shared/host'
import { err, ok, type Result } from '#shared/result'
import type { Trainer, TrainerError } from '../trainer/client'
import { files } from '../trainer/runFile'
import type { SessionHandle } from '../trainer/session/client'
import { fail } from './errors'
import { hostErrorOf } from './trainerError'
import type { Workspace } from './workspace'

type TryHandlers = Pick<Handlers, 'try.open' | 'try.ask' | 'try.close'>

/** A process that nobody has asked for so long ends by itself: a page may have been closed without a word. */
const IDLE_MS = 120_000
/** Networks in memory at a time; the one opened longest ago makes room. */
const MAX_OPEN = 2

interface Open {
  /** Of the weights that were loaded. */
  readonly stamp: number
  readonly session: SessionHandle
}

/** Runs kept in processes of their own, to be asked about single samples. */
export function tryHandlers(workspace: Workspace, trainer: Trainer): { readonly handlers: TryHandlers; close(): void } {
  const open = new Map<string, Open>()

  async function sessionOf(runId: string): Promise<Result<SessionHandle, HostError>> {
    const folder = await workspace.entry('runs', runId)
    if (!folder.ok) return folder
    const stamp = await changed(join(folder.value, files.last))
    const known = open.get(runId)
    if (known?.stamp === stamp) return ok(known.session)
    close(runId)
    if (stamp === null) return fail('notFound', 'runGone', { run: runId })
    const [oldest] = open.keys()
    if (oldest !== undefined && open.size >= MAX_OPEN) close(oldest)
    const session = trainer.session(folder.value, IDLE_MS)
    open.set(runId, { stamp, session })
    void session.ended.then(() => {
      if (open.get(runId)?.session === session) open.delete(runId)
    })
    return ok(session)
  }

  function close(runId: string): void {
    open.get(runId)?.session.close()
    open.delete(runId)
  }

  const say = <T>(result: Result<T, TrainerError>): Result<T, HostError> =>
    result.ok ? result : err(hostErrorOf(result.error))

  return {
    handlers: {
      async 'try.open'({ runId }) {
        const session = await sessionOf(runId)
        return session.ok ? say(await session.value.subject) : session
      },
      async 'try.ask'({ runId, question }) {
        const session = await sessionOf(runId)
        return session.ok ? say(await session.value.ask(question)) : session
      },
      async 'try.close'({ runId }) {
        close(runId)
        return ok(null)
      },
    },
    close() {
      for (const runId of [...open.keys()]) close(runId)
    },
  }
}

/** When a file was last written, in milliseconds; null where there is none. */
const changed = (path: string): Promise<number | null> =>
  stat(path).then(
    (s) => s.mtimeMs,
    () => null,
  )
