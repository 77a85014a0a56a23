import type { DataSet } from './data/dataSet'

/** Points of a scatter plot: more hide each other. */
const LIMIT = 1000

/** True and predicted numbers of some samples, evenly spread, one list for each number of the target. */
export class KeptPairs {
  readonly pairs: [number, number | null][][]
  private readonly every: number
  private readonly target: Float32Array
  private seen = 0

  constructor(
    private readonly data: DataSet,
    samples: number,
  ) {
    this.every = Math.max(Math.ceil(samples / LIMIT), 1)
    this.pairs = Array.from({ length: data.targetSize }, () => [])
    this.target = new Float32Array(data.targetSize)
  }

  /** What the network said about the next samples. */
  add(outputs: Float32Array, indices: Uint32Array): void {
    const { targetSize } = this.data
    indices.forEach((index, i) => {
      if (this.seen++ % this.every !== 0) return
      this.data.target(index, this.target, 0)
      for (const [k, list] of this.pairs.entries()) {
        const predicted = outputs[i * targetSize + k] ?? Number.NaN
        list.push([this.target[k] ?? 0, Number.isFinite(predicted) ? predicted : null])
      }
    })
  }
}
