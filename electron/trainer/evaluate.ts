import type { TrainingConfig } from '#shared/training/config'
import { batchLoss, losses } from '#shared/training/losses'
import type { Confusion } from '#shared/training/run'
import { type Batches, readBatch } from './data/batch'
import type { DataSet } from './data/dataSet'
import { Mistakes, probabilityOf } from './mistakes'
import type { Model } from './model'

export interface Evaluation {
  readonly loss: number
  /** Null for regression. */
  readonly accuracy: number | null
  readonly confusion: Confusion | null
}

const indexOfMax = (values: Float32Array, from: number, count: number): number => {
  let best = 0
  for (let i = 1; i < count; i++) if ((values[from + i] ?? 0) > (values[from + best] ?? 0)) best = i
  return best
}

/** How many of a batch's samples the network puts into their class. */
export function countHits(outputs: Float32Array, targets: Float32Array, count: number, classes: number): number {
  let hits = 0
  for (let i = 0; i < count; i++)
    if (indexOfMax(outputs, i * classes, classes) === indexOfMax(targets, i * classes, classes)) hits++
  return hits
}

/** Told of every batch: the outputs that the loss is computed from, and the targets. */
export type OnBatch = (outputs: Float32Array, targets: Float32Array) => void

/** Loss, accuracy and confusion over samples, as at inference. `pause` lets other work in between batches. */
export async function evaluate(
  model: Model,
  data: DataSet,
  indices: Uint32Array,
  config: TrainingConfig,
  batches: Batches,
  pause: () => Promise<void>,
  onBatch?: OnBatch,
): Promise<Evaluation> {
  const { labels, targetSize } = data
  const counts = labels?.map(() => labels.map(() => 0))
  const mistakes = new Mistakes(data)
  let [loss, hits] = [0, 0]
  for (let from = 0; from < indices.length; from += config.batchSize) {
    const part = indices.subarray(from, from + config.batchSize)
    const { x, y } = await readBatch(data, part, batches)
    const outputs = model.outputs(x, part.length)
    onBatch?.(outputs, y)
    loss += batchLoss(losses[config.loss], outputs, y, part.length, null) * part.length
    if (counts)
      for (let i = 0; i < part.length; i++) {
        const [truth, guess] = [
          indexOfMax(y, i * targetSize, targetSize),
          indexOfMax(outputs, i * targetSize, targetSize),
        ]
        const row = counts[truth]
        if (row) row[guess] = (row[guess] ?? 0) + 1
        if (truth === guess) hits++
        else {
          const probability = probabilityOf(config.loss, outputs, i * targetSize, targetSize, guess)
          mistakes.add({ index: part[i] ?? 0, truth, predicted: guess, probability })
        }
      }
    await pause()
  }
  return {
    loss: loss / indices.length,
    accuracy: counts ? hits / indices.length : null,
    confusion: counts && labels ? { labels: [...labels], counts, mistakes: await mistakes.worst() } : null,
  }
}
