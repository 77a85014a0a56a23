import type { TrainEvent } from '#shared/training/run'
import { beginning, type Progress, writeCheckpoint } from './checkpoint'
import { Clock } from './clock'
import type { AugmentThreads } from './data/augmentThreads'
import { BatchReader } from './data/batchReader'
import { evaluationBatch } from './evaluate'
import type { Gate } from './gate'
import type { Prepared } from './prepare'
import type { RunWriter } from './runWriter'
import type { TrainingJob } from './train'

/** How a training is told to stop, to wait and to go on. */
export interface Control {
  readonly signal: AbortSignal
  readonly gate: Gate
}

/** A training under way: what its steps, the ends of its epochs and its end share. */
export class Training {
  readonly at: { -readonly [K in keyof Progress]: Progress[K] } = { ...beginning }
  readonly clock = new Clock()
  /** Samples per step; the last of an epoch may have fewer. */
  readonly stepSize: number
  readonly stepsPerEpoch: number
  readonly reader: BatchReader
  /** Of samples as they are, in larger batches. */
  readonly evaluating: BatchReader
  /** How many problems of the data were known at the start; others come up as it is read. */
  readonly known: number
  /** When the last checkpoint was written, by `performance.now()`. */
  saved = performance.now()

  constructor(
    readonly job: TrainingJob,
    readonly prepared: Prepared,
    readonly writer: RunWriter,
    readonly emit: (event: TrainEvent) => void,
    readonly control: Control,
    threads: AugmentThreads | null = null,
  ) {
    const { batchSize, gradientAccumulationSteps } = job.project.training
    this.stepSize = batchSize * gradientAccumulationSteps
    this.stepsPerEpoch = Math.ceil(prepared.split.train.length / this.stepSize)
    this.known = prepared.data.problems.length
    const { augmenting, data, source } = prepared
    const training = augmenting ?? { data: () => data }
    this.reader = new BatchReader(data, batchSize, { data: training.data, source, threads })
    this.evaluating = new BatchReader(data, evaluationBatch(prepared.model.compiled, batchSize))
  }

  get config() {
    return this.job.project.training
  }
  get stopped(): boolean {
    return this.control.signal.aborted
  }

  /** Keeps an event with the run, and tells it. */
  tell(event: TrainEvent): void {
    this.writer.record(event)
    this.emit(event)
  }

  /** Writes a checkpoint. */
  save(): void {
    this.at.seconds = this.clock.seconds
    this.writer.checkpoint(writeCheckpoint(this.prepared.model, this.at))
    this.saved = performance.now()
  }

  /** Between two pieces of work: lets messages in, and waits while the training is paused. */
  readonly breathe = async (): Promise<void> => {
    await new Promise<void>((resolve) => setImmediate(resolve))
    const { gate, signal } = this.control
    if (!gate.closed || signal.aborted) return
    this.clock.stop()
    this.save()
    this.writer.save({ state: 'paused' })
    const where = () => ({ epoch: this.at.epoch + 1, step: this.at.step, seconds: this.clock.seconds })
    this.emit({ kind: 'paused', ...where() })
    await gate.passed(signal)
    this.clock.start()
    this.saved = performance.now()
    this.writer.save({ state: 'running' })
    if (!signal.aborted) this.emit({ kind: 'continued', ...where() })
  }
}
