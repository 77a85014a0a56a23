import type { Handlers, HostError } from '#shared/host'
import { parseProject, showProjectError } from '#shared/project/parse'
import { err, ok, type Result } from '#shared/result'
import type { Plan } from '#shared/training/plan'
import type { JobHandle, Trainer } from '../trainer/client'
import { fail } from './errors'
import { hostErrorOf } from './trainerError'

interface Parts {
  readonly trainer: Trainer
  readonly allowData: (spec: string) => Promise<Result<string, HostError>>
  /** A run is under way: what is measured beside it would be wrong. */
  readonly busy: () => boolean
}

/** What is to be expected of a training. One at a time; `cancel` ends the one under way. */
export function planHandlers({ trainer, allowData, busy }: Parts): {
  readonly handlers: Pick<Handlers, 'train.plan'>
  cancel(): void
} {
  let under: JobHandle<Plan> | null = null
  const cancel = () => under?.stop()
  return {
    handlers: {
      async 'train.plan'({ project: text, engine, measureAgain }) {
        const project = parseProject(text)
        if (!project.ok) return err({ code: 'invalidProject', message: showProjectError(project.error) })
        const data = await allowData(project.value.data)
        if (!data.ok) return data
        if (busy()) return fail('busy', 'busyMeasuring', {})
        cancel()
        const handle = trainer.plan({ project: { ...project.value, data: data.value }, engine, measureAgain })
        under = handle
        const planned = await handle.done
        if (under === handle) under = null
        return planned.ok ? ok(planned.value) : err(hostErrorOf(planned.error))
      },
    },
    cancel,
  }
}
