import type { Handlers, HostError } from '#shared/host'
import { err, ok, type Result } from '#shared/result'
import type { InstallStep } from '#shared/training/installation'
import { installTensorflow } from '../engineInstall/install'
import { removeTensorflow } from '../engineInstall/place'
import type { Trainer } from '../trainer/client'
import type { Dialogs } from './dialogs'
import { fail } from './errors'
import type { createEvents } from './events'
import { noDialogs } from './files'
import { hostErrorOf } from './trainerError'

type EngineHandlers = Pick<
  Handlers,
  'engines.list' | 'engines.install' | 'engines.cancel' | 'engines.test' | 'engines.remove'
>
interface Parts {
  readonly trainer: Trainer
  readonly dialogs: Dialogs | undefined
  readonly events: ReturnType<typeof createEvents>
}

export function engineHandlers({ trainer, dialogs, events }: Parts): {
  readonly handlers: EngineHandlers
  /** Ends an installation under way, which leaves nothing. */
  close(): Promise<void>
} {
  let underWay: { readonly cancel: AbortController; readonly done: Promise<unknown> } | null = null

  /** Where TensorFlow lies is a person's choice in a dialog, never a path from the page: a program there is started. */
  async function choose(): Promise<Result<string | null, HostError>> {
    return dialogs ? ok(await dialogs.chooseFolder()) : noDialogs
  }

  function install(gpu: boolean, from: string | undefined) {
    const cancel = new AbortController()
    const onStep = (step: InstallStep) => events.emit('engines', { step })
    const done = installTensorflow({ trainer, gpu, from, onStep, signal: cancel.signal }).finally(() => {
      underWay = null
      events.emit('engines', { step: null })
    })
    underWay = { cancel, done }
    return done
  }

  return {
    handlers: {
      async 'engines.list'() {
        const engines = await trainer.engines()
        return engines.ok ? engines : err(hostErrorOf(engines.error))
      },
      async 'engines.install'({ gpu, choose: chosen }) {
        const from = chosen ? await choose() : ok(undefined)
        if (!from.ok) return from
        if (from.value === null) return ok(null)
        if (underWay) return fail('busy', 'installUnderWay', {})
        const installed = await install(gpu, from.value)
        if (installed.ok) return installed
        return installed.error.code === 'cancelled' ? ok(null) : refused(installed.error.message)
      },
      async 'engines.cancel'() {
        underWay?.cancel.abort()
        return ok(null)
      },
      async 'engines.test'({ engine }) {
        const tested = await trainer.testEngine(engine).done
        return tested.ok ? tested : err(hostErrorOf(tested.error))
      },
      async 'engines.remove'() {
        const removed = await removeTensorflow()
        if (removed.ok || removed.error.code === 'cancelled') return ok(null)
        return refused(removed.error.message)
      },
    },
    async close() {
      underWay?.cancel.abort()
      await underWay?.done
    },
  }
}

const refused = (message: string) => err<HostError>({ code: 'failed', message })
