import type { TrainingConfig } from '#shared/training/config'
import type { Mistake } from '#shared/training/run'
import type { DataSet } from './data/dataSet'

/** Of one class taken for one other, so that the commonest mistake does not hide the rest. */
const PER_PAIR = 6
const MAX_SHOWN = 60
/** Large pictures are kept fewer: a run's file stays small. */
const MAX_BYTES = 60_000

interface Found {
  readonly index: number
  readonly truth: number
  readonly predicted: number
  readonly probability: number | null
}

/** Remembers the samples that were taken for another class with the most confidence. */
export class Mistakes {
  private readonly pairs = new Map<string, Found[]>()

  constructor(private readonly data: DataSet) {}

  add(found: Found): void {
    const key = `${found.truth} ${found.predicted}`
    const pair = this.pairs.get(key) ?? []
    this.pairs.set(key, [...pair, found].sort(byConfidence).slice(0, PER_PAIR))
  }

  /** The most confident first, with their values as bytes over the data's range. */
  async worst(): Promise<Mistake[]> {
    const { data } = this
    const width = data.inputShape.reduce((a, b) => a * b, 1)
    const shown = Math.min(MAX_SHOWN, Math.max(Math.floor(MAX_BYTES / width), 1))
    const [low, high] = data.range
    const values = new Float32Array(width)
    const worst = [...this.pairs.values()].flat().sort(byConfidence).slice(0, shown)
    const mistakes: Mistake[] = []
    for (const { index, truth, predicted, probability } of worst) {
      await data.load?.(Uint32Array.of(index))
      data.read(index, values, 0)
      // A clamped array rounds, and keeps what lies outside the range at its ends.
      const bytes = Uint8ClampedArray.from(values, (v) => (255 * (v - low)) / (high - low))
      const pixels = Buffer.from(bytes).toString('base64')
      mistakes.push({ truth, predicted, probability, shape: [...data.inputShape], pixels })
    }
    return mistakes
  }
}

const byConfidence = (a: Found, b: Found): number => (b.probability ?? 0) - (a.probability ?? 0) || a.index - b.index

/** The softmax of one sample's outputs at `chosen`; null where a loss for numbers makes them no logits. */
export function probabilityOf(
  loss: TrainingConfig['loss'],
  outputs: Float32Array,
  from: number,
  count: number,
  chosen: number,
): number | null {
  if (loss !== 'categoricalCrossentropy') return null
  const top = outputs[from + chosen] ?? 0
  let total = 0
  for (let i = 0; i < count; i++) total += Math.exp((outputs[from + i] ?? 0) - top)
  const p = 1 / total
  return Number.isFinite(p) ? p : null
}
