import { expect, test } from 'vitest'
import { rateAt, type ScheduleType, scheduleTypes } from '#shared/training/schedules'

const at = (type: ScheduleType, step: number, decayRate = 0.96) =>
  rateAt(type, { learningRate: 0.1, step, steps: 100, decayRate })

const known: readonly [ScheduleType, number, readonly number[]][] = [
  ['cosine', 0, [0.1, 0.085355, 0.05, 0.014645, 0]],
  ['polynomial', 0, [0.1, 0.075025, 0.05005, 0.025075, 0.0001]],
  ['exponential', 0.96, [0.1, 0.098985, 0.09798, 0.096985, 0.096]],
  ['naturalExponential', 0.96, [0.1, 0.078663, 0.061879, 0.048675, 0.038288]],
  ['inverseTime', 0.5, [0.1, 0.088889, 0.08, 0.072727, 0.066667]],
  ['piecewise', 0, [0.1, 0.1, 0.01, 0.001, 0.001]],
  ['linearCosine', 0, [0.1, 0.75 * 0.085355, 0.025, 0.25 * 0.014645, 0]],
  ['cosineRestarts', 0, [0.1, 0.1, 0.1, 0.1, 0]],
  ['constant', 0, [0.1, 0.1, 0.1, 0.1, 0.1]],
  ['rangeTest', 0, [1e-6, 0.1 * 1e-5 ** 0.75, 0.1 * 1e-5 ** 0.5, 0.1 * 1e-5 ** 0.25, 0.1]],
]
// The table is rounded: its sixth digit is not certain.
test.each(known)('%s (r = %d)', (type, decayRate, rates) => {
  for (const [i, rate] of rates.entries()) expect(at(type, i * 25, decayRate)).toBeCloseTo(rate, 5)
})

test('one cycle rises to the base rate and falls far below it', () => {
  expect(at('oneCycle', 0)).toBeCloseTo(0.004, 10)
  expect(at('oneCycle', 30)).toBeCloseTo(0.1, 10)
  expect(at('oneCycle', 100)).toBeCloseTo(1e-5, 10)
})

test('the range test rises by the same factor in every step, over five decades', () => {
  const factors = Array.from({ length: 100 }, (_, i) => at('rangeTest', i + 1) / at('rangeTest', i))
  for (const f of factors) expect(f).toBeCloseTo(10 ** 0.05, 10)
})

test('reduce on plateau: a tenth for each', () => {
  const rate = (plateaus: number) =>
    rateAt('reduceOnPlateau', { learningRate: 0.1, step: 7, steps: 100, decayRate: 1, plateaus })
  for (const [i, v] of [0.1, 0.01, 0.001].entries()) expect(rate(i)).toBeCloseTo(v, 12)
  expect(at('reduceOnPlateau', 50)).toBe(0.1)
})

test('the noisy linear cosine goes about the linear one, by noise that fades and is the same in every run', () => {
  const noise = (from: number) => {
    const off = Array.from({ length: 20 }, (_, i) => {
      const rate = (type: ScheduleType) =>
        rateAt(type, { learningRate: 1, step: from + i, steps: 10_000, decayRate: 1 })
      return rate('noisyLinearCosine') - rate('linearCosine')
    })
    return Math.sqrt(off.reduce((sum, d) => sum + d * d, 0) / off.length)
  }
  // Standard deviations of (1 + s)^−0.275: about 0.6 over the first 20 steps, 0.12 at 2,000.
  expect(noise(0)).toBeGreaterThan(0.3)
  expect(noise(2000)).toBeGreaterThan(0.06)
  expect(noise(2000)).toBeLessThan(0.2)
  expect(at('noisyLinearCosine', 33)).toBe(at('noisyLinearCosine', 33))
})

test('no schedule goes below 0 or on after its end, and warm-up rises to it', () => {
  for (const type of scheduleTypes) {
    for (let step = 0; step <= 100; step++) expect(at(type, step)).toBeGreaterThanOrEqual(0)
    expect(at(type, 1000)).toBe(at(type, 100))
  }
  const warm = [0, 1, 2, 3, 4].map((step) =>
    rateAt('constant', { learningRate: 0.1, step, steps: 100, decayRate: 1 }, 4),
  )
  for (const [i, rate] of [0.02, 0.04, 0.06, 0.08, 0.1].entries()) expect(warm[i]).toBeCloseTo(rate, 12)
})
