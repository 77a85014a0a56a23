import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchLoss, losses, lossTypes, sigmoid, smoothL1 } from '#shared/training/losses'

const logit = (p: number): number => Math.log(p / (1 - p))
const f = (...values: number[]) => Float64Array.from(values)

test('softmax of 3, 1, −3', () => {
  for (const [i, p] of [0.878878, 0.118943, 0.002179].entries()) {
    const target = f(0, 0, 0)
    target[i] = 1
    expect(losses.categoricalCrossentropy.sample(f(3, 1, -3), target, 0, 3, null)).toBeCloseTo(-Math.log(p), 3)
    const g = f(0, 0, 0)
    losses.categoricalCrossentropy.sample(f(3, 1, -3), f(0, 0, 0.5), 0, 3, g)
    expect((g[i] ?? 0) + (i === 2 ? 0.5 : 0)).toBeCloseTo(p / 2, 6)
  }
})

test('binary cross-entropy of p = .9, .2 against 1, 0', () => {
  expect(losses.binaryCrossentropy.sample(f(logit(0.9), logit(0.2)), f(1, 0), 0, 2, null)).toBeCloseTo(0.164252, 7)
})

test('smooth L1 with σ = 3', () => {
  expect([0.1, 1 / 9, 1].map((d) => smoothL1(d, 3))).toEqual([
    expect.closeTo(0.045, 10),
    expect.closeTo(0.0555556, 7),
    expect.closeTo(0.9444444, 7),
  ])
})

test('focal loss scales cross-entropy by (1 − p)²', () => {
  for (const [p, share] of [
    [0.9, 1 / 100],
    [0.968, 1 / 976.6],
    [0.5, 1 / 4],
  ] as const)
    expect(losses.focal.sample(f(logit(p)), f(1), 0, 1, null) / (-0.25 * Math.log(p)) / share).toBeCloseTo(1, 3)
})

test('losses stay finite far from 0', () => {
  for (const type of lossTypes)
    for (const y of [1000, -1000])
      for (const t of [0, 1]) {
        const g = f(0)
        expect(Number.isFinite(losses[type].sample(f(y), f(t), 0, 1, g))).toBe(true)
        expect(Number.isFinite(g[0])).toBe(true)
      }
  expect(sigmoid(-800)).toBe(0)
})

test.each(lossTypes)('the derivative of %s is that of its value', (type) => {
  const value = fc.double({ min: -3, max: 3, noNaN: true })
  fc.assert(
    fc.property(fc.array(value, { minLength: 6, maxLength: 6 }), fc.nat(2), fc.nat(2), (ys, a, b) => {
      const [y, t, g] = [Float64Array.from(ys), new Float64Array(6), new Float64Array(6)]
      t[a] = 1
      t[3 + b] = 1
      const at = (i: number, by: number) => {
        const moved = y.slice()
        moved[i] = (moved[i] ?? 0) + by
        return batchLoss(losses[type], moved, t, 2, null)
      }
      expect(batchLoss(losses[type], y, t, 2, g)).toBe(batchLoss(losses[type], y, t, 2, null))
      for (let i = 0; i < 6; i++) {
        const [left, right] = [(at(i, 0) - at(i, -1e-6)) / 1e-6, (at(i, 1e-6) - at(i, 0)) / 1e-6]
        // Where a loss has a corner, any slope between the two sides is one.
        expect(g[i]).toBeGreaterThan(Math.min(left, right) - 1e-4)
        expect(g[i]).toBeLessThan(Math.max(left, right) + 1e-4)
      }
    }),
  )
})
