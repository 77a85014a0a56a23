import { version as tfjsVersion } from '@tensorflow/tfjs'
import type { Project } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'
import { err, ok, type Result } from '#shared/result'
import { noteText } from '#shared/training/notes'
import { createRandom } from '#shared/training/random'
import type { EngineName, EpochEvent, RunSummary, TrainEvent } from '#shared/training/run'
import { rateAt } from '#shared/training/schedules'
import { beginning, type Checkpoint, type Progress, readCheckpoint, writeCheckpoint } from './checkpoint'
import { makeBatches, readBatch } from './data/batch'
import { hasWaited, improves } from './earlyStopping'
import { countHits, type Evaluation, evaluate } from './evaluate'
import { type Prepared, prepare } from './prepare'
import type { TrainerError } from './protocol'
import { withRandom } from './randomness'
import { files, type RunFile } from './runFile'
import { summarize } from './runs'
import { RunWriter } from './runWriter'

export interface TrainingJob {
  readonly project: Project
  readonly engine: EngineName
  readonly folder: string
  readonly id: string
  /** Goes on from here; `kept` are the events up to it. */
  readonly from?: { readonly checkpoint: Checkpoint; readonly run: RunFile; readonly kept: readonly TrainEvent[] }
}

/** Step events go out at most this often; the run's folder holds them all. In milliseconds. */
const EMIT_EVERY = 33
/** Within long epochs a checkpoint is written this often. In milliseconds. */
const CHECKPOINT_EVERY = 20_000

/** Lets messages in between two pieces of work. */
const pause = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Trains a project into a run folder. `signal` stops it after the step at work. */
export async function runTraining(
  job: TrainingJob,
  emit: (event: TrainEvent) => void,
  signal: AbortSignal,
): Promise<Result<RunSummary, TrainerError>> {
  const prepared = await prepare(job.project, job.engine)
  if (!prepared.ok) return prepared
  const { model } = prepared.value
  let writer: RunWriter | undefined
  try {
    writer = new RunWriter(
      job.folder,
      job.from ? runAgain(job.from.run) : newRun(job, prepared.value),
      job.from?.kept ?? [],
    )
    const result = await loop(job, prepared.value, writer, emit, signal)
    if (!result.ok) writer.save({ state: 'failed', error: result.error })
    return result
  } catch (e) {
    const error: TrainerError = {
      code: 'failed',
      message: `Training failed: ${e instanceof Error ? e.message : String(e)}`,
    }
    try {
      writer?.save({ state: 'failed', error })
    } catch {
      // The disk may be what failed: the error says so already.
    }
    return err(error)
  } finally {
    model.dispose()
  }
}

const runAgain = ({ error: _, ...run }: RunFile): RunFile => ({ ...run, state: 'running', pid: process.pid })

const newRun = ({ project, id }: TrainingJob, { engine, data, notes, sourceShape }: Prepared): RunFile => ({
  format: 1,
  id,
  name: project.name,
  project: serializeProject(project),
  data: project.data,
  seed: project.training.seed,
  epochs: project.training.epochs,
  engine: { name: engine.name, version: engine.probe().version },
  versions: { node: process.version, tfjs: tfjsVersion.tfjs },
  startedAt: new Date().toISOString(),
  pid: process.pid,
  state: 'running',
  last: null,
  confusion: null,
  samples: {
    inputShape: [...data.inputShape],
    sourceShape: [...sourceShape],
    range: [...data.range],
    labels: data.labels && [...data.labels],
    preprocessing: [data.preprocessing, ...notes.map(noteText)].join(' '),
  },
})

async function loop(
  job: TrainingJob,
  { model, data, split, engine, notes }: Prepared,
  writer: RunWriter,
  emit: (event: TrainEvent) => void,
  signal: AbortSignal,
): Promise<Result<RunSummary, TrainerError>> {
  const config = job.project.training
  const { batchSize, decayRate, epochs, learningRate, schedule, seed, warmupSteps } = config
  const stepsPerEpoch = Math.ceil(split.train.length / batchSize)
  const batches = makeBatches(data, batchSize)
  const at: { -readonly [K in keyof Progress]: Progress[K] } = { ...beginning }
  if (job.from) {
    const { checkpoint } = job.from
    const missing = [...model.setWeights(checkpoint.weights), ...model.optimizer.setState(checkpoint.optimizer)]
    if (missing.length > 0)
      return err({ code: 'failed', message: `The checkpoint lacks ${missing.join(', ')}. Train the project again.` })
    Object.assign(at, checkpoint.progress)
    model.optimizer.step = at.step
  } else {
    model.initialize()
    const told = [...notes, ...data.problems]
    const started: TrainEvent = {
      kind: 'started',
      engine: engine.name,
      epochs,
      stepsPerEpoch,
      trainSamples: split.train.length,
      validationSamples: split.validation.length,
      parameters: model.parameters,
      ...(told.length > 0 && { notes: told }),
    }
    writer.record(started)
    emit(started)
    // Written at once, so that a run can always be resumed, and so that a full disk shows before the work.
    writer.checkpoint(writeCheckpoint(model, at))
  }

  const begun = performance.now() - at.seconds * 1000
  const seconds = () => (performance.now() - begun) / 1000
  let [emitted, saved] = [0, performance.now()]
  let evaluation: Evaluation | null = null
  const save = () => {
    writer.checkpoint(writeCheckpoint(model, { ...at, seconds: seconds() }))
    saved = performance.now()
  }
  const endEpoch = async (epoch: number): Promise<EpochEvent> => {
    evaluation =
      split.validation.length > 0 ? await evaluate(model, data, split.validation, config, batches, pause) : null
    return {
      kind: 'epoch',
      epoch,
      step: at.step,
      loss: finite(at.loss / at.samples),
      accuracy: data.labels ? at.hits / at.samples : null,
      valLoss: finite(evaluation?.loss ?? Number.NaN),
      valAccuracy: evaluation?.accuracy ?? null,
      seconds: seconds(),
    }
  }

  while (at.epoch < epochs && !hasWaited(config, at) && !signal.aborted) {
    const order = split.train.slice()
    createRandom(seed, 1000 + at.epoch).shuffle(order)
    while (at.stepInEpoch < stepsPerEpoch && !signal.aborted) {
      const started = performance.now()
      const part = order.subarray(at.stepInEpoch * batchSize, (at.stepInEpoch + 1) * batchSize)
      const { x, y } = await readBatch(data, part, batches)
      const rate = rateAt(
        schedule,
        { learningRate, decayRate, step: at.step, steps: epochs * stepsPerEpoch },
        warmupSteps,
      )
      const result = withRandom(createRandom(seed, 1_000_000 + at.step), () => model.trainStep(x, y, part.length, rate))
      if (!Number.isFinite(result.loss))
        return err(notFinite(result.loss, at, rate, nameOf(job.project, model.firstBroken(x, part.length))))
      const hits = data.labels ? countHits(result.outputs, y, part.length, data.targetSize) : 0
      at.step++
      at.stepInEpoch++
      at.loss += result.loss * part.length
      at.hits += hits
      at.samples += part.length
      const now = performance.now()
      const event: TrainEvent = {
        kind: 'step',
        epoch: at.epoch + 1,
        step: at.step,
        loss: result.loss,
        accuracy: data.labels ? hits / part.length : null,
        samplesPerSecond: part.length / ((now - started) / 1000),
        seconds: seconds(),
      }
      writer.record(event)
      if (now - emitted >= EMIT_EVERY || at.stepInEpoch === stepsPerEpoch) {
        emit(event)
        emitted = now
      }
      if (now - saved >= CHECKPOINT_EVERY) save()
      await pause()
    }
    const whole = at.stepInEpoch === stepsPerEpoch
    if (!whole) save()
    if (at.stepInEpoch > 0) {
      const event = await endEpoch(at.epoch + 1)
      if (whole && improves(at, event.valLoss)) {
        at.best = { epoch: event.epoch, loss: event.valLoss }
        // Before the last checkpoint, which then speaks of a file that is there.
        if (config.restoreBest) writer.checkpoint(writeCheckpoint(model, at), files.best)
      }
      writer.recordEpoch(event, at.epoch + (whole ? 1 : 0))
      emit(event)
    }
    if (!whole) break
    Object.assign(at, { epoch: at.epoch + 1, stepInEpoch: 0, loss: 0, hits: 0, samples: 0 })
    save()
  }

  const reason = at.epoch >= epochs ? 'completed' : hasWaited(config, at) ? 'stoppedEarly' : 'stopped'
  const restored = config.restoreBest && reason !== 'stopped' ? (at.best?.epoch ?? null) : null
  if (restored !== null) {
    const best = await readCheckpoint(job.folder, files.best)
    if (!best.ok) return best
    model.setWeights(best.value.weights)
    save()
    evaluation = await evaluate(model, data, split.validation, config, batches, pause)
    const { last } = writer.run
    const { loss, accuracy } = evaluation
    if (last) writer.save({ last: { ...last, valLoss: finite(loss), valAccuracy: accuracy } })
  }
  const confusion = (evaluation as Evaluation | null)?.confusion ?? null
  const finished: TrainEvent = {
    kind: 'finished',
    reason,
    epoch: at.epoch,
    step: at.step,
    confusion,
    ...(restored !== null && { restored }),
  }
  writer.record(finished)
  writer.save({ state: reason === 'stopped' ? 'stopped' : 'completed', confusion })
  emit(finished)
  return ok(summarize(writer.run))
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null)

const notFinite = (loss: number, at: Progress, rate: number, layer: string | null): TrainerError => ({
  code: 'failed',
  message: `The loss became ${Number.isNaN(loss) ? 'NaN' : 'infinite'} in step ${at.step + 1} (epoch ${at.epoch + 1})${layer ? `, first in the layer ${layer}` : ''}. Use a smaller learning rate than ${rate}, and look for values in the data that are far out of range.`,
})

/** What a person calls the node of a tfjs layer, which carries the node's id. */
const nameOf = (project: Project, layer: string | null): string | null =>
  project.graph.nodes.find((n) => n.id === layer?.split('/')[0])?.name ?? layer
