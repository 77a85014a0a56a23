import { memory } from '@tensorflow/tfjs'
import type { Project } from '#shared/project/project'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { createRandom } from '#shared/training/random'
import type { Memory, StepEvent } from '#shared/training/run'
import { rateAt } from '#shared/training/schedules'
import type { Progress } from './checkpoint'
import { countHits } from './evaluate'
import type { StepWatch } from './model'
import { addLosses, reportLosses } from './outputLosses'
import type { TrainerError } from './protocol'
import { withRandom } from './randomness'
import type { Training } from './training'

/** One step on the next samples of the epoch's order, which is being read: of one batch, or of several whose gradients accumulate. */
export async function takeStep(
  { at, clock, config, job, prepared, reader, stepSize, stepsPerEpoch }: Training,
  order: Uint32Array,
  watch: StepWatch | undefined,
): Promise<Result<StepEvent, TrainerError>> {
  const { model, data } = prepared
  const { decayRate, epochs, learningRate, schedule, seed, warmupSteps } = config
  const started = performance.now()
  const samples = order.subarray(at.stepInEpoch * stepSize, (at.stepInEpoch + 1) * stepSize)
  const rate = rateAt(
    schedule,
    { learningRate, decayRate, step: at.step, steps: epochs * stepsPerEpoch, plateaus: at.plateau.count },
    warmupSteps,
  )
  const random = createRandom(seed, 1_000_000 + at.step)
  let [loss, hits] = [0, 0]
  let losses: number[] = []
  for (let from = 0; from < samples.length; from += config.batchSize) {
    const part = samples.subarray(from, from + config.batchSize)
    const { x, y } = await reader.next()
    const share = part.length / samples.length
    const last = from + part.length === samples.length
    const result = withRandom(random, () =>
      last ? model.trainStep(x, y, part.length, rate, watch, share) : model.accumulate(x, y, part.length, share),
    )
    if (!Number.isFinite(result.loss))
      return err(notFinite(result.loss, at, rate, nameOf(job.project, model.firstBroken(x, part.length))))
    loss += share * result.loss
    losses = addLosses(losses, result.losses, share)
    if (data.labels) hits += countHits(result.outputs, y, part.length, data.targetSize)
  }
  at.step++
  at.stepInEpoch++
  at.loss += loss * samples.length
  at.losses = addLosses(at.losses, losses, samples.length)
  const byOutput = reportLosses(losses)
  at.hits += hits
  at.samples += samples.length
  return ok({
    kind: 'step',
    epoch: at.epoch + 1,
    step: at.step,
    loss,
    ...(byOutput && { losses: byOutput }),
    accuracy: data.labels ? hits / samples.length : null,
    learningRate: rate,
    samplesPerSecond: samples.length / ((performance.now() - started) / 1000),
    seconds: clock.seconds,
    memory: memoryNow(),
  })
}

/** What this process holds. */
export function memoryNow(): Memory {
  const { numBytes, numTensors } = memory()
  return { resident: process.memoryUsage.rss(), tensorBytes: numBytes, tensors: numTensors }
}

function notFinite(loss: number, at: Progress, rate: number, layer: string | null): TrainerError {
  const what = Number.isNaN(loss) ? 'NaN' : 'infinite'
  const values = { what, step: at.step + 1, epoch: at.epoch + 1, rate }
  const message = layer === null ? failure('notFinite', values) : failure('notFiniteIn', { ...values, layer })
  return { code: 'failed', message }
}

/** What a person calls the node of a tfjs layer, which carries the node's id. */
const nameOf = (project: Project, layer: string | null): string | null =>
  project.graph.nodes.find((n) => n.id === layer?.split('/')[0])?.name ?? layer
