import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EpochEvent } from '#shared/training/run'
import { bestEpoch, Curves } from '../../../renderer/training/curves/curves'
import { decimate, nearest, type Points } from '../../../renderer/training/curves/decimate'
import { Smoothed } from '../../../renderer/training/curves/smooth'

const step = (n: number, loss: number | null = 1 / n) =>
  ({ kind: 'step', epoch: 1, step: n, loss, accuracy: 0.5, samplesPerSecond: 100, seconds: n / 10 }) as const
const epoch = (n: number, loss: number | null, valLoss: number | null): EpochEvent => ({
  kind: 'epoch',
  epoch: n,
  step: n * 10,
  loss,
  accuracy: null,
  valLoss,
  valAccuracy: null,
  seconds: n,
})
const points = (ys: readonly number[]): Points => ({ xs: ys.map((_, i) => i), ys, length: ys.length })

describe('columns', () => {
  test('grow past their first size and keep every value', () => {
    const c = new Curves()
    for (let n = 1; n <= 5000; n++) c.addStep(step(n))
    expect(c.length).toBe(5000)
    for (const n of [1, 1024, 1025, 5000]) {
      expect(c.step[n - 1]).toBe(n)
      expect(c.loss[n - 1]).toBe(1 / n)
    }
  })

  test('a step or epoch that is already there is ignored', () => {
    const c = new Curves()
    for (const n of [1, 2, 3, 2, 3, 4]) c.addStep(step(n))
    expect([...c.step.subarray(0, c.length)]).toEqual([1, 2, 3, 4])
    for (const n of [1, 2, 2, 1]) c.addEpoch(epoch(n, 1, 1))
    expect(c.epochs.map((e) => e.epoch)).toEqual([1, 2])
  })

  test('an epoch that was cut short is replaced when a resumed run finishes it', () => {
    const c = new Curves()
    c.addEpoch(epoch(1, 2, 2))
    c.addEpoch({ ...epoch(2, 1, 1), step: 14 })
    c.addEpoch({ ...epoch(2, 0.5, 0.5), step: 20 })
    expect(c.epochs.map((e) => [e.epoch, e.step, e.loss])).toEqual([
      [1, 10, 2],
      [2, 20, 0.5],
    ])
  })

  test('losses of single outputs stand beside the sum, also where they come later', () => {
    const c = new Curves()
    for (let n = 1; n <= 1500; n++) c.addStep({ ...step(n), ...(n > 1 && { losses: [2 / n, null] }) })
    expect(c.losses[0]?.[0]).toBeNaN()
    expect([c.losses[0]?.[1], c.losses[0]?.[1499]]).toEqual([1, 2 / 1500])
    expect(c.losses[1]?.[1499]).toBeNaN()
    const all = new Curves()
    all.append(c)
    expect(all.losses[0]?.subarray(1, 1500)).toEqual(c.losses[0]?.subarray(1, 1500))
  })

  test('a loss that is not a number is a gap', () => {
    const c = new Curves()
    c.addStep(step(1, null))
    expect(c.loss[0]).toBeNaN()
  })
})

describe('best epoch', () => {
  test('is that of the lowest validation loss, the first of equals', () => {
    expect(bestEpoch([epoch(1, 3, 2), epoch(2, 2, 1), epoch(3, 1, 1), epoch(4, 0.5, 1.5)])?.epoch).toBe(2)
  })
  test('falls back to the training loss without validation, and skips what is not a number', () => {
    expect(bestEpoch([epoch(1, 3, null), epoch(2, 2, null), epoch(3, null, null)])?.epoch).toBe(2)
    expect(bestEpoch([epoch(1, 0.1, null), epoch(2, 2, 5)])?.epoch).toBe(2)
    expect(bestEpoch([])).toBeNull()
  })
})

describe('smoothing', () => {
  test('is the weighted mean of what came before', () => {
    const s = new Smoothed(0.5)
    s.extend(Float64Array.of(4, 2, 8), 3)
    expect([...s.values.subarray(0, 3)]).toEqual([4, (4 * 0.5 + 2) / 1.5, (4 * 0.25 + 2 * 0.5 + 8) / 1.75])
  })
  test('a weight of 0 is the curve itself, and a gap does not spoil what follows', () => {
    const raw = new Smoothed(0)
    raw.extend(Float64Array.of(3, 1, 2), 3)
    expect([...raw.values.subarray(0, 3)]).toEqual([3, 1, 2])
    const gap = new Smoothed(0.5)
    gap.extend(Float64Array.of(4, Number.NaN, 2), 3)
    expect([...gap.values.subarray(0, 3)]).toEqual([4, Number.NaN, 4 / 1.5])
  })
  test('growing in parts equals all at once', () => {
    const xs = Float64Array.from({ length: 3000 }, (_, i) => Math.sin(i))
    const [whole, parts] = [new Smoothed(0.9), new Smoothed(0.9)]
    whole.extend(xs, 3000)
    for (const n of [1, 7, 1024, 1025, 2999, 3000]) parts.extend(xs, n)
    expect([...parts.values.subarray(0, 3000)]).toEqual([...whole.values.subarray(0, 3000)])
  })
})

describe('decimation', () => {
  const ys = fc.array(fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(Number.NaN)), {
    maxLength: 400,
  })
  test('keeps the extremes and the order, and stays below its bound', () => {
    fc.assert(
      fc.property(ys, fc.integer({ min: 1, max: 40 }), (y, buckets) => {
        const [xs, kept] = decimate(points(y), 0, y.length, buckets)
        const numbers = (v: readonly (number | null)[]) => v.filter((n): n is number => n !== null && !Number.isNaN(n))
        expect(xs.length).toBeLessThanOrEqual(3 * buckets + 2)
        expect(xs).toEqual([...xs].sort((a, b) => a - b))
        expect(new Set(xs).size).toBe(xs.length)
        if (numbers(y).length > 0) {
          expect(Math.max(...numbers(kept))).toBe(Math.max(...numbers(y)))
          expect(Math.min(...numbers(kept))).toBe(Math.min(...numbers(y)))
        }
        for (const [i, x] of xs.entries()) expect(kept[i] ?? Number.NaN).toBe(y[x])
      }),
    )
  })
  test('a window takes one neighbour on each side', () => {
    expect(decimate(points([0, 1, 2, 3, 4, 5, 6]), 2, 4, 100)[0]).toEqual([1, 2, 3, 4])
    expect(decimate(points([0, 1, 2, 3, 4, 5, 6]), 2.5, 3.5, 100)[0]).toEqual([2, 3, 4])
  })
  test('a single spike in 100,000 points is still drawn', () => {
    const spiky = points(Array.from({ length: 100_000 }, (_, i) => (i === 77_777 ? 9 : 0)))
    const [xs, kept] = decimate(spiky, 0, 100_000, 500)
    expect(kept).toContain(9)
    expect(xs.length).toBeLessThanOrEqual(1500)
  })
  test('on a logarithmic axis every decade keeps its points', () => {
    const long = points(Array.from({ length: 100_000 }, (_, i) => Math.sin(i)))
    const [xs] = decimate(long, 1, 100_000, 500, true)
    expect(xs.length).toBeLessThanOrEqual(1502)
    for (const [from, to] of [
      [1, 10],
      [10, 100],
      [100, 1000],
      [10_000, 100_000],
    ] as const)
      expect(xs.filter((x) => x >= from && x < to).length).toBeGreaterThanOrEqual(9)
  })
})

test('the nearest point', () => {
  const p = points([10, 11, 12])
  expect(nearest(p, -5)?.y).toBe(10)
  expect(nearest(p, 1.4)?.y).toBe(11)
  expect(nearest(p, 1.6)?.y).toBe(12)
  expect(nearest(p, 99)?.y).toBe(12)
  expect(nearest(points([]), 1)).toBeNull()
  expect(nearest(points([Number.NaN]), 0)).toBeNull()
})
