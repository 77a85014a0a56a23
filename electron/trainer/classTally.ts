import type { LossType } from '#shared/training/losses'
import { classesAhead } from '#shared/training/metrics'
import type { Confusion } from '#shared/training/run'
import type { DataSet } from './data/dataSet'
import { Mistakes, probabilityOf } from './mistakes'

/** Top-k accuracy is told where there are more classes than that. */
const TOP = [3, 5] as const

/** Counts, batch by batch, what a network takes samples for. */
export class ClassTally {
  private readonly counts: number[][]
  private readonly mistakes: Mistakes
  private readonly within = TOP.map(() => 0)
  private hits = 0
  private samples = 0

  constructor(
    data: DataSet,
    private readonly labels: readonly string[],
    private readonly loss: LossType,
  ) {
    this.counts = labels.map(() => labels.map(() => 0))
    this.mistakes = new Mistakes(data)
  }

  /** `outputs` and one-hot `targets` of the samples `indices`. */
  add(indices: Uint32Array, outputs: Float32Array, targets: Float32Array): void {
    const classes = this.labels.length
    indices.forEach((index, i) => {
      const from = i * classes
      const [truth, predicted] = [indexOfMax(targets, from, classes), indexOfMax(outputs, from, classes)]
      const row = this.counts[truth]
      if (row) row[predicted] = (row[predicted] ?? 0) + 1
      if (truth === predicted) this.hits++
      else {
        const probability = probabilityOf(this.loss, outputs, from, classes, predicted)
        this.mistakes.add({ index, truth, predicted, probability })
      }
      const ahead = classesAhead(outputs, from, classes, truth)
      TOP.forEach((k, place) => {
        if (ahead < k) this.within[place] = (this.within[place] ?? 0) + 1
      })
    })
    this.samples += indices.length
  }

  get accuracy(): number {
    return this.hits / this.samples
  }
  get topK(): { readonly k: number; readonly accuracy: number }[] {
    return TOP.map((k, place) => ({ k, accuracy: (this.within[place] ?? 0) / this.samples })).filter(
      ({ k }) => k < this.labels.length,
    )
  }
  async confusion(): Promise<Confusion> {
    return { labels: [...this.labels], counts: this.counts, mistakes: await this.mistakes.worst() }
  }
}

export function indexOfMax(values: Float32Array, from: number, count: number): number {
  let best = 0
  for (let i = 1; i < count; i++) if ((values[from + i] ?? 0) > (values[from + best] ?? 0)) best = i
  return best
}
