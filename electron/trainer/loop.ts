import { ok, type Result } from '#shared/result'
import { createRandom } from '#shared/training/random'
import type { RunSummary } from '#shared/training/run'
import { begin } from './begin'
import { hasWaited } from './earlyStopping'
import { endEpoch } from './epochEnd'
import type { Evaluation } from './evaluate'
import { finish } from './finish'
import type { TrainerError } from './protocol'
import { Statistics } from './statistics'
import { takeStep } from './step'
import type { Training } from './training'

/** Step events go out at most this often; the run's folder holds them all. In milliseconds. */
const EMIT_EVERY = 33
/** Within long epochs a checkpoint is written this often. In milliseconds. */
const CHECKPOINT_EVERY = 20_000

/** Trains until the epochs are done, the validation loss falls no more, or it is told to stop. */
export async function loop(training: Training): Promise<Result<RunSummary, TrainerError>> {
  const begun = begin(training)
  if (!begun.ok) return begun
  const { at, config, prepared } = training
  const statistics = new Statistics(training)
  let evaluation: Evaluation | null = null
  while (at.epoch < config.epochs && !hasWaited(config, at) && !training.stopped) {
    const order = prepared.split.train.slice()
    createRandom(config.seed, 1000 + at.epoch).shuffle(order)
    const steps = await takeSteps(training, order, statistics)
    if (!steps.ok) return steps
    if (at.stepInEpoch > 0) evaluation = await endEpoch(training)
    if (at.stepInEpoch < training.stepsPerEpoch) break
    Object.assign(at, { epoch: at.epoch + 1, stepInEpoch: 0, loss: 0, losses: [], hits: 0, samples: 0 })
    training.save()
  }
  return finish(training, evaluation)
}

/** The steps that are left of an epoch; ends early when told to stop, with a checkpoint. */
async function takeSteps(
  training: Training,
  order: Uint32Array,
  statistics: Statistics,
): Promise<Result<null, TrainerError>> {
  const { at, stepsPerEpoch } = training
  let emitted = 0
  training.reader.begin(order.subarray(at.stepInEpoch * training.stepSize), at.epoch)
  while (at.stepInEpoch < stepsPerEpoch && !training.stopped) {
    const step = await takeStep(training, order, statistics.watch())
    if (!step.ok) return step
    training.writer.record(step.value)
    const now = performance.now()
    if (now - emitted >= EMIT_EVERY || at.stepInEpoch === stepsPerEpoch) {
      training.emit(step.value)
      emitted = now
    }
    statistics.tell()
    if (now - training.saved >= CHECKPOINT_EVERY) training.save()
    await training.breathe()
  }
  if (at.stepInEpoch < stepsPerEpoch) training.save()
  return ok(null)
}
