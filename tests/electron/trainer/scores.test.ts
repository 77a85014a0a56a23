import { expect, test } from 'vitest'
import { KeptScores } from '../../../electron/trainer/scores'

test('few scores are kept all, in the order of their samples', () => {
  const kept = new KeptScores(3, 2, 6)
  kept.add(Float32Array.of(0.1, 0.9, 0.2, 0.8), [1, 0])
  kept.add(Float32Array.of(0.3, 0.7), [1])
  expect(kept.truths).toEqual([1, 0, 1])
  expect(kept.scores).toEqual(Float32Array.of(0.1, 0.9, 0.2, 0.8, 0.3, 0.7))
})

test('of too many every n-th sample is kept, across batches, and never more than the limit', () => {
  const [samples, classes, limit] = [1000, 2, 300]
  const kept = new KeptScores(samples, classes, limit)
  for (let from = 0; from < samples; from += 64) {
    const part = Array.from({ length: Math.min(64, samples - from) }, (_, i) => from + i)
    kept.add(
      Float32Array.from(part.flatMap((i) => [i, -i])),
      part.map((i) => i % classes),
    )
  }
  expect(kept.scores.length).toBeLessThanOrEqual(limit)
  expect(kept.scores).toHaveLength(kept.truths.length * classes)
  // 1,000 samples of 2 scores in 300 places: every seventh.
  expect([...kept.scores.filter((_, i) => i % 2 === 0)]).toEqual(Array.from({ length: 143 }, (_, i) => i * 7))
})
