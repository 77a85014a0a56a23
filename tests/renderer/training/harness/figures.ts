import type { EpochEvent, StepEvent } from '#shared/training/run'

/** A repeatable noise in −1…1 (mulberry32). */
export function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), 1 | state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return (((x ^ (x >>> 14)) >>> 0) / 4294967296) * 2 - 1
  }
}

/** Events of a run as a small network on digits gives them: falling noisy loss, validation that turns up at the end. */
export function* replay(options: {
  readonly epochs: number
  readonly stepsPerEpoch: number
  readonly seed?: number
  readonly speed?: number
  readonly regression?: boolean
}): Generator<StepEvent | EpochEvent> {
  const { epochs, stepsPerEpoch, seed = 1, speed = 1, regression = false } = options
  const random = noise(seed)
  const total = epochs * stepsPerEpoch
  for (let step = 1; step <= total; step++) {
    const at = (step / total) * 6 * speed
    const clean = 2.25 * Math.exp(-1.6 * at) + 0.05 / (1 + at)
    const loss = clean * (1 + 0.35 * random()) + 0.01 * Math.abs(random())
    const accuracy = regression ? null : Math.max(0.05, Math.min(1, 1 - 0.4 * clean + 0.03 * random()))
    const epoch = Math.ceil(step / stepsPerEpoch)
    const seconds = step * 0.021
    yield { kind: 'step', epoch, step, loss, accuracy, samplesPerSecond: 2900 + 200 * random(), seconds }
    if (step % stepsPerEpoch === 0) {
      const over = 0.004 * Math.max(epoch - epochs * 0.7, 0)
      yield {
        kind: 'epoch',
        epoch,
        step,
        loss: clean,
        accuracy: accuracy === null ? null : 1 - 0.4 * clean,
        valLoss: clean * 1.08 + 0.02 + over,
        valAccuracy: regression ? null : Math.min(0.985, 1 - 0.42 * clean - over + 0.002 * random()),
        seconds,
      }
    }
  }
}

/** True class, predicted class, how often. */
export const digitMistakes = [
  [4, 9, 5],
  [9, 4, 3],
  [3, 5, 4],
  [5, 3, 2],
  [7, 1, 2],
  [8, 3, 3],
  [8, 0, 1],
  [2, 7, 2],
  [6, 0, 1],
] as const

/** A confusion matrix of ten digits with the usual mistakes. */
export function digitConfusion(): number[][] {
  const counts = Array.from({ length: 10 }, (_, r) =>
    Array.from({ length: 10 }, (_, c) => (r === c ? 188 + ((r * 7) % 13) : 0)),
  )
  for (const [r, c, n] of digitMistakes) {
    const row = counts[r]
    if (row) row[c] = n
  }
  return counts
}
