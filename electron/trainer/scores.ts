import { type LossType, losses, sigmoid } from '#shared/training/losses'

/** Outputs that a loss is computed from, as the network would end them: probabilities where they are logits, else as they are. */
export function toScores(loss: LossType, outputs: Float32Array, width: number): Float32Array {
  const { logitsOf } = losses[loss]
  if (logitsOf === null) return outputs
  if (logitsOf === 'sigmoid') return outputs.map(sigmoid)
  const scores = new Float32Array(outputs.length)
  for (let from = 0; from < outputs.length; from += width) {
    const row = outputs.subarray(from, from + width)
    const max = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
    const exps = row.map((v) => Math.exp(v - max))
    const total = exps.reduce((a, b) => a + b, 0)
    scores.set(
      exps.map((v) => v / total),
      from,
    )
  }
  return scores
}

/** The scores of samples, for the figures that need all of them at once; of every n-th where they are too many to keep. */
export class KeptScores {
  readonly truths: number[] = []
  readonly scores: Float32Array
  private readonly every: number
  private seen = 0

  /** `limit`: how many numbers are kept at most. */
  constructor(
    samples: number,
    private readonly classes: number,
    limit: number,
  ) {
    this.every = Math.max(1, Math.ceil((samples * classes) / limit))
    this.scores = new Float32Array(Math.ceil(samples / this.every) * classes)
  }

  /** The scores of the next samples, and their classes. */
  add(scores: Float32Array, truths: readonly number[]): void {
    truths.forEach((truth, i) => {
      if (this.seen++ % this.every !== 0) return
      this.scores.set(scores.subarray(i * this.classes, (i + 1) * this.classes), this.truths.length * this.classes)
      this.truths.push(truth)
    })
  }
}
