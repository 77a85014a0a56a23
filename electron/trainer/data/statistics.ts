import type { TrainingConfig } from '#shared/training/config'
import type { Statistics } from '#shared/training/normalization'
import { type Note, note } from '#shared/training/notes'
import { makeBatches, readBatch } from './batch'
import type { DataSet } from './dataSet'
import { placesOf } from './places'

/** Samples that are in memory at a time. */
const BATCH = 64

/**
 * The figures of each place along the last axis of the samples: of each channel of images, of each column of a table. Samples are read
 * batch by batch, once. Sums are of differences from the first value, so that a large mean takes nothing from a small deviation.
 */
export async function statisticsOf(data: DataSet, indices: Uint32Array): Promise<readonly Statistics[]> {
  const n = data.inputShape.at(-1) ?? 1
  const batches = makeBatches(data, BATCH)
  const [first, sum, squares] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  const low = new Float64Array(n).fill(Number.POSITIVE_INFINITY)
  const high = new Float64Array(n).fill(Number.NEGATIVE_INFINITY)
  let values = 0
  for (let from = 0; from < indices.length; from += BATCH) {
    const { x } = await readBatch(data, indices.subarray(from, from + BATCH), batches)
    if (from === 0) first.set(x.subarray(0, n))
    for (let i = 0, c = 0; i < x.length; i++) {
      const value = x[i] ?? 0
      const difference = value - (first[c] ?? 0)
      sum[c] = (sum[c] ?? 0) + difference
      squares[c] = (squares[c] ?? 0) + difference * difference
      if (value < (low[c] ?? 0)) low[c] = value
      if (value > (high[c] ?? 0)) high[c] = value
      if (++c === n) c = 0
    }
    values += x.length / n
  }
  return Array.from(first, (start, c) => {
    const shift = (sum[c] ?? 0) / values
    const variance = Math.max((squares[c] ?? 0) / values - shift * shift, 0)
    return { mean: start + shift, std: Math.sqrt(variance), min: low[c] ?? 0, max: high[c] ?? 0 }
  })
}

/** Columns that differ so much in deviation are learned at very different speeds. */
const UNEVEN = 100

/** Says so where columns of a table differ widely in scale, and are left as they are. */
export async function scaleNotes(
  config: TrainingConfig,
  data: DataSet,
  training: Uint32Array,
): Promise<readonly Note[]> {
  if (config.normalization !== 'none' || !data.table || data.inputShape.length > 1) return []
  const names = placesOf(data)
  const spreads = (await statisticsOf(data, training))
    .map(({ std }, i) => ({ std, name: names[i] ?? String(i) }))
    .filter(({ std }) => std > 0)
    .sort((a, b) => a.std - b.std)
  const [narrow, wide] = [spreads[0], spreads.at(-1)]
  if (!narrow || !wide || wide.std < UNEVEN * narrow.std) return []
  const times = Number((wide.std / narrow.std).toPrecision(2))
  return [note('unevenColumns', { wide: wide.name, times, narrow: narrow.name })]
}
