import type { Inference } from '#shared/graph/infer'
import { RegressionErrors, type RegressionReport } from '#shared/training/metrics'
import type { Confusion } from '#shared/training/run'
import { ClassTally, indexOfMax } from './classTally'
import type { BatchReader } from './data/batchReader'
import type { DataSet } from './data/dataSet'
import type { Model } from './model'
import { addLosses } from './outputLosses'
import { toScores } from './scores'

export interface Evaluation {
  readonly loss: number
  /** Of each output by itself. */
  readonly losses: readonly number[]
  /** Null for regression, as are the confusion matrix and, being empty, the top-k accuracies. */
  readonly accuracy: number | null
  readonly topK: readonly { readonly k: number; readonly accuracy: number }[]
  readonly confusion: Confusion | null
  /** Null for classes. */
  readonly errors: RegressionReport | null
}

/** How many of a batch's samples the network puts into their class. */
export function countHits(outputs: Float32Array, targets: Float32Array, count: number, classes: number): number {
  let hits = 0
  for (let i = 0; i < count; i++)
    if (indexOfMax(outputs, i * classes, classes) === indexOfMax(targets, i * classes, classes)) hits++
  return hits
}

/** Told of every batch: the outputs that the loss is computed from, and which samples they are of. */
export type OnBatch = (outputs: Float32Array, indices: Uint32Array) => void

/** From here on more samples at once gain little: from 8 to 128 the engines take 2 to 8 times as many per second, from 128 to 512 as many. */
const SAMPLES = 128
/** Bytes of outputs that may be held for a batch larger than that of the training. */
const ROOM = 64e6

/**
 * Samples that are computed at once where nothing is trained: those of a step, or more where these are few and small. Goes by the network
 * alone, so that a run that is resumed gives the same figures to the last digit.
 */
export const evaluationBatch = (
  { inference }: { readonly inference: Pick<Inference, 'totals'> },
  batchSize: number,
): number => Math.max(batchSize, Math.min(SAMPLES, Math.floor(ROOM / Math.max(inference.totals.activationBytes, 1))))

/** Figures over samples, as at inference, in the batches of `reader`. `pause` lets other work in between batches. */
export async function evaluate(
  model: Model,
  data: DataSet,
  indices: Uint32Array,
  reader: BatchReader,
  pause: () => Promise<void>,
  onBatch?: OnBatch,
): Promise<Evaluation> {
  const classes = data.labels && new ClassTally(data, data.labels, model.mainLoss)
  const errors = data.labels ? null : new RegressionErrors(meansOfTargets(data, indices))
  let loss = 0
  let losses: number[] = []
  reader.begin(indices, null)
  for (let from = 0; from < indices.length; from += reader.size) {
    const part = indices.subarray(from, from + reader.size)
    const { x, y } = await reader.next()
    const found = model.evaluate(x, y, part.length)
    onBatch?.(found.outputs, part)
    loss += found.loss * part.length
    losses = addLosses(losses, found.losses, part.length / indices.length)
    classes?.add(part, found.outputs, y)
    errors?.add(toScores(model.mainLoss, found.outputs, data.targetSize), y)
    await pause()
  }
  return {
    loss: loss / indices.length,
    losses,
    accuracy: classes?.accuracy ?? null,
    topK: classes?.topK ?? [],
    confusion: (await classes?.confusion()) ?? null,
    errors: errors?.report ?? null,
  }
}

function meansOfTargets({ target, targetSize }: DataSet, indices: Uint32Array): Float64Array {
  const means = new Float64Array(targetSize)
  const one = new Float32Array(targetSize)
  for (const index of indices) {
    target(index, one, 0)
    for (let k = 0; k < targetSize; k++) means[k] = (means[k] as number) + (one[k] as number) / indices.length
  }
  return means
}
