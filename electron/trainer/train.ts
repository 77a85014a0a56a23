import { version as tfjsVersion } from '@tensorflow/tfjs'
import type { Project } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'
import { err, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { describeNormalization } from '#shared/training/normalization'
import { noteText } from '#shared/training/notes'
import type { EngineName, RunSummary, TrainEvent } from '#shared/training/run'
import { ownProcess } from '../processes'
import type { Built } from './built'
import type { Checkpoint } from './checkpoint'
import type { Choosing } from './choice/expect'
import { explainRanOut } from './choice/ranOut'
import { toolsOf } from './choice/tools'
import { isClaimed } from './claim'
import { AugmentThreads, threadsBeside } from './data/augmentThreads'
import { saysFull } from './death'
import { listEngines } from './engines'
import { failureOf } from './failure'
import { Gate } from './gate'
import { loop } from './loop'
import { type Prepared, prepare } from './prepare'
import type { TrainerError } from './protocol'
import type { RunFile } from './runFile'
import { RunWriter } from './runWriter'
import { startFrom } from './startFrom'
import { Training } from './training'

export interface TrainingJob {
  readonly project: Project
  readonly engine: EngineName
  readonly folder: string
  readonly id: string
  /** Folder of a run whose weights this one begins with, as far as they fit. */
  readonly init?: string | undefined
  /** Measures engines although the same network was measured before. */
  readonly measureAgain?: boolean | undefined
  /** Goes on from here with a run that this process has claimed; `kept` are the events up to it. */
  readonly from?: { readonly checkpoint: Checkpoint; readonly run: RunFile; readonly kept: readonly TrainEvent[] }
}

/**
 * Trains a project into a run folder. `signal` stops it after the step at work; while `gate` is closed it waits. Engines are measured where
 * the built trainer is given, which does that in processes of its own.
 */
export async function runTraining(
  job: TrainingJob,
  emit: (event: TrainEvent) => void,
  signal: AbortSignal,
  gate = new Gate(),
  built?: Built,
): Promise<Result<RunSummary, TrainerError>> {
  const choosing: Choosing | undefined = built && {
    tools: toolsOf(built),
    engines: listEngines(),
    signal,
    again: job.measureAgain ?? false,
    always: false,
    tell: (engine) => emit({ kind: 'measuring', engine }),
  }
  const prepared = await prepare(job.project, job.engine, job.from?.run.samples, job.from ? undefined : choosing)
  if (!prepared.ok) return prepared
  const { model } = prepared.value
  if (job.from && !(await isClaimed(job.folder, job.from.run))) {
    model.dispose()
    return err({ code: 'failed', message: failure('stillUnderWay', { run: job.id }) })
  }
  const start = job.init === undefined ? null : await startFrom(job.init, model)
  if (start && !start.ok) {
    model.dispose()
    return start
  }
  const threads = built ? startThreads(prepared.value, built) : null
  let writer: RunWriter | undefined
  try {
    writer = new RunWriter(job.folder, job.from ? job.from.run : newRun(job, prepared.value), job.from?.kept ?? [])
    const result = await loop(
      new Training(
        job,
        { ...prepared.value, ...(start && { start: start.value }) },
        writer,
        emit,
        { signal, gate },
        threads,
      ),
    )
    if (!result.ok) writer.save({ state: 'failed', error: result.error })
    return result
  } catch (e) {
    const full = writer && saysFull(String(e)) ? await explainRanOut(job.folder) : null
    const error = full === null ? failureOf(e, job.folder) : ({ code: 'outOfMemory', message: full } as const)
    try {
      writer?.save({ state: 'failed', error })
    } catch {
      // The disk may be what failed: the error says so already.
    }
    return err(error)
  } finally {
    model.dispose()
    await threads?.close()
  }
}

function startThreads({ augmenting, engine }: Prepared, { augmentThread }: Built): AugmentThreads | null {
  const count = threadsBeside(engine.name)
  return augmenting && count > 0 ? new AugmentThreads(augmentThread, augmenting.orders, count) : null
}

const newRun = (
  { project, id }: TrainingJob,
  { engine, info, data, normalization, notes, plan, sourceShape, background }: Prepared,
): RunFile => ({
  format: 1,
  id,
  name: project.name,
  project: serializeProject(project),
  data: project.data,
  seed: project.training.seed,
  epochs: project.training.epochs,
  engine: { name: engine.name, version: info.version },
  ...(plan && { plan }),
  versions: { node: process.version, tfjs: tfjsVersion.tfjs },
  startedAt: new Date().toISOString(),
  ...ownProcess(),
  state: 'running',
  last: null,
  confusion: null,
  samples: {
    inputShape: [...data.inputShape],
    targetSize: data.targetSize,
    sourceShape: [...sourceShape],
    range: [...data.range],
    ...(background !== null && { background }),
    labels: data.labels && [...data.labels],
    preprocessing: [
      data.preprocessing,
      ...notes.map(noteText),
      ...(normalization ? [describeNormalization(normalization)] : []),
    ].join(' '),
    ...(data.table && { table: data.table }),
    ...(normalization && { normalization }),
  },
})
