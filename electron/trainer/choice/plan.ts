import type { Inference } from '#shared/graph/infer'
import type { Plan, Trial } from '#shared/training/plan'
import type { EngineName } from '#shared/training/run'
import { threadsBeside } from '../data/augmentThreads'
import { type Answer, secondsPerSample } from './choose'
import { estimated, largestBatch, measured } from './memory'

/** What a run is made of. */
export interface Work {
  readonly inference: Pick<Inference, 'totals'>
  readonly batchSize: number
  /** Samples of an epoch. */
  readonly train: number
  readonly validation: number
  /** What reading a sample takes. */
  readonly readSeconds: number
  /** Bytes that the process holds already, and that it may still take. */
  readonly held: number
  readonly available: number
}

/** Engines by preference: measured ones by their speed, then those that were not tried. None that failed, or that differs from the others. */
export function preferred(answer: Answer, work: Work): readonly EngineName[] {
  const usable = answer.candidates.filter((name) => {
    const outcome = outcomeOf(name, answer, work)
    return outcome !== 'failed' && outcome !== 'differs' && outcome !== 'tooLarge'
  })
  const speed = (name: string) => secondsPerSample(answer.engines[name])
  // Infinity − Infinity: those that were not measured stay in their order.
  return [...usable].sort((a, b) => (speed(a) === speed(b) ? 0 : speed(a) - speed(b)))
}

/** What is to be expected of a run on an engine. */
export function planOf(engine: string, answer: Answer, work: Work): Plan {
  const model = memoryModel(engine, answer, work)
  const step = secondsPerSample(answer.engines[engine])
  const known = Number.isFinite(step)
  // Beside some engines samples are read while steps are taken.
  const passed = (compute: number) =>
    threadsBeside(engine) > 0 ? Math.max(compute, work.readSeconds) : compute + work.readSeconds
  // Forward alone is a third of a step.
  const seconds = work.train * passed(step) + work.validation * passed(step / 3)
  return {
    engine,
    trials: answer.candidates.map((name) => trialOf(name, answer, work)),
    remembered: answer.remembered && known,
    secondsPerEpoch: known ? seconds : null,
    batchSize: work.batchSize,
    memory: Math.round(work.held + model.fixed + work.batchSize * model.perSample),
    available: work.held + work.available,
    largestBatch: largestBatch(model, engine, work.available, work.train),
  }
}

function memoryModel(engine: string, answer: Answer, { inference }: Work) {
  const found = answer.engines[engine]
  return found && 'loss' in found && found.stepSeconds > 0 ? measured(found, inference) : estimated(inference)
}

function trialOf(engine: string, answer: Answer, work: Work): Trial {
  const found = answer.engines[engine]
  const outcome = outcomeOf(engine, answer, work)
  if (outcome === 'failed') return { engine, outcome, reason: found && 'reason' in found ? found.reason : '' }
  const speed = 1 / secondsPerSample(found)
  return { engine, outcome, ...(speed > 0 && { samplesPerSecond: speed }) }
}

function outcomeOf(engine: string, answer: Answer, work: Work): Trial['outcome'] {
  const found = answer.engines[engine]
  if (found && 'reason' in found) return 'failed'
  if (answer.differing.has(engine)) return 'differs'
  const untried = answer.untried.get(engine)
  // None of them: nothing was measured after it, since training was to stop or the network is wrong.
  if (untried || !found) return untried ?? 'short'
  const fits = largestBatch(memoryModel(engine, answer, work), engine, work.available, work.batchSize)
  return fits < work.batchSize ? 'tooLarge' : 'measured'
}
