import { err, ok, type Result } from '../result'
import type { TrainingConfig } from './config'
import { failure } from './failures'

export const classWeightModes = ['none', 'balanced', 'custom'] as const
export type ClassWeightMode = (typeof classWeightModes)[number]

/**
 * How much a sample of each class counts in the loss of training; null where all count the same. `counts` are the samples of each class
 * in the training part, null for targets that are numbers. Balanced is samples / (classes · samples of the class), as in scikit-learn:
 * the weights of all samples together stay what they were. The error says what to do.
 */
export function classWeights(
  { classWeight, classWeightValues }: Pick<TrainingConfig, 'classWeight' | 'classWeightValues'>,
  counts: readonly number[] | null,
): Result<readonly number[] | null, string> {
  if (classWeight === 'none') return ok(null)
  if (!counts) return err(failure('classWeightsOfNumbers', {}))
  if (classWeight === 'balanced') {
    const samples = counts.reduce((a, b) => a + b, 0)
    const present = counts.filter((n) => n > 0).length
    return ok(counts.map((n) => (n > 0 ? samples / (present * n) : 0)))
  }
  if (classWeightValues.length !== counts.length)
    return err(failure('classWeightsCount', { received: classWeightValues.length, classes: counts.length }))
  return classWeightValues.some((w) => w > 0) ? ok(classWeightValues) : err(failure('classWeightsZero', {}))
}

/** How much each sample counts: the weight of its class; of several classes, where a target is shared among them, their mean. */
export function sampleWeights(targets: Float32Array, count: number, weights: readonly number[]): Float32Array {
  const classes = weights.length
  return Float32Array.from({ length: count }, (_, i) =>
    weights.reduce((sum, w, k) => sum + w * (targets[i * classes + k] ?? 0), 0),
  )
}
