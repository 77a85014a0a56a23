import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { defaultsOf } from '#shared/fields'
import { serializeProject } from '#shared/project/serialize'
import { err, ok } from '#shared/result'
import { defaultTraining } from '#shared/training/config'
import type { Plan } from '#shared/training/plan'
import type { DataSummary, RunSummary, TrainEvent } from '#shared/training/run'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import type { Dialogs } from '../../../electron/host/dialogs'
import { createHost, type HostCore } from '../../../electron/host/host'
import type { JobHandle, PlanJob, Trainer, TrainingHandle, TrainJob } from '../../../electron/trainer/client'

/** A trainer that records what it is asked and ends when told to, so that the host's own part is seen. */
export function recordingTrainer() {
  const jobs: TrainJob[] = []
  const resumed: string[] = []
  const specs: string[] = []
  const plans: PlanJob[] = []
  const exports: { run: string; to: string }[] = []
  const exportedProjects: { data: string; name: string }[] = []
  let finish: () => void = () => {}
  const told: string[] = []
  let stopped = 0
  let tell: (event: TrainEvent) => void = () => {}
  const begin = (onEvent: (event: TrainEvent) => void, summary: RunSummary): TrainingHandle => {
    tell = onEvent
    const done = new Promise<ReturnType<typeof ok<RunSummary>>>((resolve) => {
      finish = () => resolve(ok(summary))
    })
    return {
      done,
      stop() {
        stopped++
        finish()
      },
      pause: () => told.push('pause'),
      continue: () => told.push('continue'),
      kill: () => finish(),
    }
  }
  const trainer: Trainer = {
    train(job, onEvent) {
      jobs.push(job)
      return begin(onEvent, summaryOf(job.id, job.project.name))
    },
    resume(folder, onEvent) {
      resumed.push(folder)
      return begin(onEvent, summaryOf(basename(folder), ''))
    },
    async describe(spec) {
      specs.push(spec)
      return ok({ ...description, spec })
    },
    async exportProject({ data, name }, _format, to) {
      exportedProjects.push({ data, name })
      const untrained = { seed: 42, data: data !== '' }
      return ok({ folder: to, files: ['model.json'], maxDifference: 0, samplesChecked: 1, untrained })
    },
    async exportRun(run, _format, to) {
      exports.push({ run, to })
      return ok({ folder: to, files: ['model.json'], maxDifference: 0, samplesChecked: 1 })
    },
    plan(job) {
      plans.push(job)
      let stop = (): void => {}
      const done = new Promise<Awaited<JobHandle<Plan>['done']>>((resolve) => {
        stop = () => resolve(err({ code: 'failed', message: 'Stopped.' }))
      })
      return { done, stop: () => stop(), pause: stop, continue: stop, kill: stop }
    },
    measure: () => {
      throw new Error('Not in this stand-in.')
    },
    evaluate: async () => err({ code: 'failed', message: 'Not in this stand-in.' }),
    predict: async () => err({ code: 'failed', message: 'Not in this stand-in.' }),
    session: () => {
      throw new Error('Not in this stand-in.')
    },
    engines: async () => ok([{ name: 'wasm', version: '1', available: true }]),
    testEngine: () => {
      throw new Error('Not in this stand-in.')
    },
  }
  return {
    trainer,
    jobs,
    resumed,
    specs,
    exports,
    exportedProjects,
    plans,
    finish: () => finish(),
    tell: (event: TrainEvent) => tell(event),
    stops: () => stopped,
    told,
  }
}

const description: DataSummary = {
  spec: '',
  samples: 1,
  inputShape: [1],
  labels: null,
  balance: null,
  targetSize: 1,
  preview: [],
  problems: [],
}
const summaryOf = (id: string, name: string): RunSummary => ({
  id,
  name,
  state: 'completed',
  engine: 'wasm',
  data: 'digits',
  startedAt: '2026-01-01T00:00:00.000Z',
  epochs: 1,
  epochsDone: 1,
  loss: 0,
  valLoss: 0,
  valAccuracy: 1,
})

export interface Fixture {
  readonly folder: string
  readonly workspace: string
  readonly host: HostCore
  readonly recorded: ReturnType<typeof recordingTrainer>
  close(): Promise<void>
}

/** A host over an empty workspace, with a folder around it that is none of its business. */
export async function openHost(dialogs?: Dialogs): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-host-'))
  const workspace = join(folder, 'workspace')
  await mkdir(workspace)
  const recorded = recordingTrainer()
  const host = createHost({ workspace, trainer: recorded.trainer, ...(dialogs && { dialogs }) })
  return { folder, workspace, host, recorded, close: () => rm(folder, { recursive: true, force: true }) }
}

/** The text of a project that trains on the given data. */
export const projectText = (data: string, name = 'LeNet-5'): string =>
  serializeProject({
    name,
    graph: drawTemplate(templates.lenet5, defaultsOf(templates.lenet5.fields)),
    training: defaultTraining,
    data,
  })
