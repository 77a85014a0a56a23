import { join } from 'node:path'
import type { Handlers, HostError, Requests } from '#shared/host'
import { type ProjectError, parseProject, showProjectError } from '#shared/project/parse'
import { err, ok, type Result } from '#shared/result'
import type { TrainEvent } from '#shared/training/run'
import type { Trainer, TrainingHandle } from '../trainer/client'
import { listRuns, newRunId, readRun, readRunFile } from '../trainer/runs'
import { fail } from './errors'
import type { createEvents } from './events'
import { fittingRuns } from './fittingRuns'
import { hostErrorOf } from './trainerError'
import type { Workspace } from './workspace'

type RunHandlers = Pick<
  Handlers,
  | 'engines.list'
  | 'train.start'
  | 'train.stop'
  | 'train.pause'
  | 'train.continue'
  | 'train.resume'
  | 'runs.list'
  | 'runs.fitting'
  | 'runs.read'
  | 'runs.evaluate'
>
interface Parts {
  readonly workspace: Workspace
  readonly trainer: Trainer
  readonly events: ReturnType<typeof createEvents>
  readonly allowData: (spec: string) => Promise<Result<string, HostError>>
}

/** A run that does not end by itself within this time when the host closes is ended; its last checkpoint remains. */
const PATIENCE_MS = 15_000

export function runHandlers({ workspace, trainer, events, allowData }: Parts): {
  readonly handlers: RunHandlers
  /** A run is under way. */
  busy(): boolean
  close(): Promise<void>
} {
  /** The run under way: training takes the whole machine, so there is one at a time. */
  let active: { readonly id: string; readonly handle: TrainingHandle } | null = null

  async function start({ project: text, engine, startFrom }: Requests['train.start']['args']) {
    const project = parseProject(text)
    if (!project.ok) return invalid(project.error)
    const data = await allowData(project.value.data)
    if (!data.ok) return data
    const runs = await workspace.folder('runs')
    if (!runs.ok) return runs
    const init = startFrom === undefined ? ok(undefined) : await workspace.entry('runs', startFrom)
    if (!init.ok) return init
    if (active) return busy
    const id = newRunId(project.value.name)
    const job = {
      project: { ...project.value, data: data.value },
      engine,
      folder: join(runs.value, id),
      id,
      init: init.value,
    }
    follow(id, (onEvent) => trainer.train(job, onEvent))
    return ok({ runId: id })
  }

  /** The run's data was allowed when it began, and its folder is the host's own: nothing is asked again. */
  async function resume(id: string) {
    const folder = await workspace.entry('runs', id)
    if (!folder.ok) return folder
    const run = await readRunFile(folder.value)
    if (!run.ok) return run
    if (active) return busy
    follow(id, (onEvent) => trainer.resume(folder.value, onEvent))
    return ok(null)
  }

  function follow(id: string, begin: (onEvent: (event: TrainEvent) => void) => TrainingHandle) {
    const handle = begin((event) => events.emit('train', { runId: id, event }))
    active = { id, handle }
    handle.done.finally(() => {
      active = null
    })
  }

  async function tell(id: string, what: (handle: TrainingHandle) => void) {
    if (active?.id !== id) return fail('notFound', 'notUnderWay', { run: id })
    what(active.handle)
    return ok(null)
  }

  return {
    handlers: {
      async 'engines.list'() {
        const engines = await trainer.engines()
        return engines.ok ? engines : err(hostErrorOf(engines.error))
      },
      'train.start': (args) => (active ? Promise.resolve(busy) : start(args)),
      'train.stop': ({ runId }) => tell(runId, (handle) => handle.stop()),
      'train.pause': ({ runId }) => tell(runId, (handle) => handle.pause()),
      'train.continue': ({ runId }) => tell(runId, (handle) => handle.continue()),
      'train.resume': ({ runId }) => (active ? Promise.resolve(busy) : resume(runId)),
      async 'runs.list'() {
        const folder = await workspace.folder('runs')
        return folder.ok ? ok(await listRuns(folder.value)) : folder
      },
      async 'runs.fitting'({ project: text }) {
        const project = parseProject(text)
        if (!project.ok) return invalid(project.error)
        const folder = await workspace.folder('runs')
        return folder.ok ? ok(await fittingRuns(folder.value, project.value)) : folder
      },
      async 'runs.read'({ runId }) {
        const folder = await workspace.entry('runs', runId)
        return folder.ok ? readRun(folder.value) : folder
      },
      async 'runs.evaluate'({ runId, on }) {
        const folder = await workspace.entry('runs', runId)
        if (!folder.ok) return folder
        const data = 'data' in on ? await allowData(on.data) : null
        if (data && !data.ok) return data
        const report = await trainer.evaluate(folder.value, data ? { data: data.value } : on)
        return report.ok ? report : err(hostErrorOf(report.error))
      },
    },
    busy: () => active !== null,
    async close() {
      if (!active) return
      const { handle } = active
      handle.stop()
      const impatient = setTimeout(() => handle.kill(), PATIENCE_MS)
      await handle.done
      clearTimeout(impatient)
    },
  }
}

const busy = fail('busy', 'busy', {})
const invalid = (error: ProjectError) => err<HostError>({ code: 'invalidProject', message: showProjectError(error) })
