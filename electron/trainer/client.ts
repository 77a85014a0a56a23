import { type ChildProcess, fork as forkProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { z } from 'zod'
import type { Project } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { type EngineTest, engineTestSchema } from '#shared/training/installation'
import { type Plan, planSchema } from '#shared/training/plan'
import {
  type DataSummary,
  type EngineInfo,
  type EngineName,
  type EvaluateOn,
  type EvaluationReport,
  type ExportFormat,
  type ExportReport,
  evaluationReportSchema,
  type PredictionReport,
  predictionReportSchema,
  type RunSummary,
  type TrainEvent,
} from '#shared/training/run'
import type { SplitSettings } from '#shared/training/split'
import { type Measurement, measurementSchema, type Subject } from './choice/measurement'
import { explainRanOut } from './choice/ranOut'
import { deathOf, endedForMemory } from './death'
import {
  type Control,
  dataSummarySchema,
  enginesSchema,
  exportReportSchema,
  replySchema,
  runSummarySchema,
  type TrainerError,
  type TrainerRequest,
} from './protocol'

import { openSession, type SessionHandle } from './session/client'

export type { TrainerError } from './protocol'

export interface TrainJob {
  readonly project: Project
  readonly engine: EngineName
  /** The run's folder; created if absent. */
  readonly folder: string
  readonly id: string
  /** Folder of a run whose weights this one begins with, as far as they fit. */
  readonly init?: string | undefined
  /** Measures engines although the same network was measured before. */
  readonly measureAgain?: boolean | undefined
}
export type PlanJob = Pick<TrainJob, 'project' | 'engine'> & { readonly measureAgain: boolean }
export interface JobHandle<T> {
  /** Finishes the step, writes a checkpoint, evaluates, ends. */
  stop(): void
  /** Finishes the step, writes a checkpoint and waits; `continue` lets it go on. */
  pause(): void
  continue(): void
  /** Ends the process at once; the last checkpoint remains. */
  kill(): void
  readonly done: Promise<Result<T, TrainerError>>
}
export type TrainingHandle = JobHandle<RunSummary>
/** A measurement gets ready, and waits until it is told to `go`. */
export interface MeasureHandle extends JobHandle<Measurement> {
  readonly ready: Promise<void>
  /** `limit`: seconds from which on a step is too slow to be of interest. */
  go(limit: number): void
}

/** The training process as the host and the command line see it. Each job runs in a process of its own. */
export interface Trainer {
  train(job: TrainJob, onEvent: (event: TrainEvent) => void): TrainingHandle
  /** What is to be expected of training a project: time, memory, the largest batch. Engines are measured, unless that is remembered. */
  plan(job: PlanJob): JobHandle<Plan>
  /** Tries one engine on a network. */
  measure(engine: EngineName, subject: Subject): MeasureHandle
  /** Goes on from the last checkpoint of a run that was stopped or lost; its curve is that of a run that never was. */
  resume(runFolder: string, onEvent: (event: TrainEvent) => void): TrainingHandle
  /** With `shares`, also the figures of the training part that they leave, for which all of it is read. */
  describe(spec: string, shares?: SplitSettings): Promise<Result<DataSummary, TrainerError>>
  /** A project that no run has trained, with the weights that its training would begin with. */
  exportProject(project: Project, format: ExportFormat, to: string): Promise<Result<ExportReport, TrainerError>>
  exportRun(runFolder: string, format: ExportFormat, to: string): Promise<Result<ExportReport, TrainerError>>
  /** How good a run's network is: on its validation or test part, or on all of another data set. */
  evaluate(runFolder: string, on: EvaluateOn): Promise<Result<EvaluationReport, TrainerError>>
  /** What a run's network says about a picture, or about each row of a table without labels. */
  predict(runFolder: string, file: string): Promise<Result<PredictionReport, TrainerError>>
  /** Keeps a run in a process of its own, to be asked about single samples; it ends when nothing was asked for `idleMs`. */
  session(runFolder: string, idleMs: number): SessionHandle
  engines(): Promise<Result<readonly EngineInfo[], TrainerError>>
  /** Loads an engine and has it compute a known run. `enginesFolder`: where installed engines lie, if not in the usual place. */
  testEngine(engine: EngineName, enginesFolder?: string): JobHandle<EngineTest>
}

type Fork = (entry: string, env?: NodeJS.ProcessEnv) => ChildProcess

// The console stays the parent's: what the process prints is kept for the message, should it crash. Node 22 and later keep what they have
// compiled, where they do by themselves, with which a process starts in two thirds of the time; Node 20 does not know of it.
const forkQuietly: Fork = (entry, env = process.env) =>
  forkProcess(entry, [], {
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })

export interface TrainerOptions {
  /** The built file of the trainer's process; that of sessions lies beside it. */
  readonly entry: string
  readonly fork?: Fork
  /** Where Linux counts the processes that it has ended for their memory. */
  readonly vmstat?: string
}

export function createTrainer({ entry, fork = forkQuietly, vmstat = '/proc/vmstat' }: TrainerOptions): Trainer {
  const start = <T>(request: TrainerRequest, schema: z.ZodType<T>, onEvent?: (event: TrainEvent) => void) =>
    startProcess(fork(entry), vmstat, request, schema, onEvent)
  const ask = async <T>(request: TrainerRequest, schema: z.ZodType<T>) => start(request, schema).done
  return {
    train(job, onEvent) {
      const { project, init, measureAgain, ...rest } = job
      const request = {
        kind: 'train',
        project: serializeProject(project),
        ...rest,
        ...(init !== undefined && { init }),
        ...(measureAgain !== undefined && { measureAgain }),
      } as const
      return start<RunSummary>(request, runSummarySchema, onEvent)
    },
    plan: ({ project, engine, measureAgain }) =>
      start<Plan>({ kind: 'plan', project: serializeProject(project), engine, measureAgain }, planSchema),
    measure: (engine, subject) => start<Measurement>({ kind: 'measure', engine, subject }, measurementSchema),
    resume: (folder, onEvent) => start<RunSummary>({ kind: 'resume', folder }, runSummarySchema, onEvent),
    describe: (spec, shares) =>
      ask<DataSummary>({ kind: 'describe', spec, ...(shares && { shares }) }, dataSummarySchema),
    exportProject: (project, format, to) =>
      ask<ExportReport>({ kind: 'exportProject', project: serializeProject(project), format, to }, exportReportSchema),
    exportRun: (folder, format, to) => ask<ExportReport>({ kind: 'exportRun', folder, format, to }, exportReportSchema),
    evaluate: (folder, on) => ask<EvaluationReport>({ kind: 'evaluate', folder, on }, evaluationReportSchema),
    predict: (folder, file) => ask<PredictionReport>({ kind: 'predict', folder, file }, predictionReportSchema),
    session: (folder, idleMs) => openSession(fork(join(dirname(entry), 'session.js')), folder, idleMs),
    engines: () => ask<readonly EngineInfo[]>({ kind: 'engines' }, enginesSchema),
    testEngine: (engine, enginesFolder) => {
      const env = enginesFolder === undefined ? process.env : { ...process.env, NETLOOM_ENGINES: enginesFolder }
      return startProcess<EngineTest>(fork(entry, env), vmstat, { kind: 'testEngine', engine }, engineTestSchema)
    },
  }
}

const KEPT = 2000

/** One process, one request. Whatever becomes of the process, `done` is a value. */
function startProcess<T>(
  child: ChildProcess,
  vmstat: string,
  request: TrainerRequest,
  schema: z.ZodType<T>,
  onEvent?: (event: TrainEvent) => void,
): JobHandle<T> & Pick<MeasureHandle, 'ready' | 'go'> {
  let printed = ''
  let failed = false
  let killed = false
  const before = endedForMemory(vmstat)
  let tellReady = (): void => {}
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve
  })
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-KEPT)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const done = new Promise<Result<T, TrainerError>>((resolve) => {
    let settled = false
    const settle = (result: Result<T, TrainerError>) => {
      if (settled) return
      settled = true
      if (!result.ok && onEvent && !failed) onEvent({ kind: 'failed', message: result.error.message })
      resolve(result)
    }
    child.on('message', (raw) => {
      const reply = replySchema.safeParse(raw)
      if (!reply.success) {
        settle(err({ code: 'failed', message: failure('noMessage', {}) }))
        child.kill('SIGKILL')
      } else if (reply.data.kind === 'event') {
        if (settled) return
        failed ||= reply.data.event.kind === 'failed'
        onEvent?.(reply.data.event)
      } else if (reply.data.kind === 'ready') tellReady()
      else if (reply.data.kind === 'error') settle(err(reply.data.error))
      else {
        const value = schema.safeParse(reply.data.value)
        settle(value.success ? ok(value.data) : err({ code: 'failed', message: failure('noResult', {}) }))
      }
    })
    child.on('error', (e) => settle(err({ code: 'crashed', message: failure('processFailed', { reason: e.message }) })))
    child.on('close', async (code, signal) => {
      if (settled) return
      const trains = request.kind === 'train' || request.kind === 'resume'
      const forMemory = !killed && before !== null && (endedForMemory(vmstat) ?? 0) > before
      const death = deathOf({ code, signal, printed, forMemory })
      const message = death.code === 'outOfMemory' && trains ? await explainRanOut(request.folder) : null
      settle(err(message === null ? death : { ...death, message }))
    })
    if (child.connected) child.send(request)
  })
  const tell = (kind: Control) => {
    if (child.connected) child.send({ kind })
  }
  return {
    stop: () => tell('stop'),
    pause: () => tell('pause'),
    continue: () => tell('continue'),
    kill: () => {
      killed = true
      child.kill('SIGKILL')
    },
    ready,
    go: (limit) => {
      if (child.connected) child.send({ kind: 'go', limit: Number.isFinite(limit) ? limit : null })
    },
    done,
  }
}
