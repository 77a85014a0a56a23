import { err, ok, type Result } from '#shared/result'
import { classWeights } from '#shared/training/classWeights'
import type { TrainingConfig } from '#shared/training/config'
import { failure } from '#shared/training/failures'
import type { Compiled } from './compile'
import type { DataSet } from './data/dataSet'
import type { TrainerError } from './protocol'

const invalid = (message: string) => err({ code: 'invalidProject', message } as const)

/** A network in which no weight may move cannot be trained. */
export function checkTrainable({ weights }: Compiled): Result<never, TrainerError> | null {
  if (weights.some((w) => w.spec.trainable)) return null
  return invalid(failure(weights.length > 0 ? 'allFrozen' : 'noWeights', {}))
}

/** How much a sample of each class counts, by the frequencies in the samples of training alone; null: all the same. */
export function weightsOfClasses(
  config: TrainingConfig,
  { classOf, labels }: DataSet,
  training: Uint32Array,
): Result<readonly number[] | null, TrainerError> {
  const counts = labels?.map(() => 0) ?? null
  if (counts) for (const index of training) counts[classOf(index)] = (counts[classOf(index)] ?? 0) + 1
  const weights = classWeights(config, counts)
  return weights.ok ? ok(weights.value) : invalid(weights.error)
}
