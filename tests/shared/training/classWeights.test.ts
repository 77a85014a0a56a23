import { expect, test } from 'vitest'
import { classWeights } from '#shared/training/classWeights'

const custom = (...values: number[]) => ({ classWeight: 'custom', classWeightValues: values }) as const
const balanced = { classWeight: 'balanced', classWeightValues: [] } as const

test('none: every sample counts the same, numbers too', () => {
  const none = { classWeight: 'none', classWeightValues: [3] } as const
  expect(classWeights(none, [1, 2])).toEqual({ ok: true, value: null })
  expect(classWeights(none, null)).toEqual({ ok: true, value: null })
})

test('balanced: samples / (classes · samples of the class)', () => {
  // 100 samples of 4 classes.
  expect(classWeights(balanced, [70, 20, 8, 2])).toEqual({
    ok: true,
    value: [100 / (4 * 70), 100 / (4 * 20), 100 / (4 * 8), 100 / (4 * 2)],
  })
  // Together all samples weigh as much as before, also where a class has none.
  const counts = [998, 2, 0]
  const weights = classWeights(balanced, counts)
  expect(weights.ok && weights.value?.reduce((sum, w, i) => sum + w * (counts[i] ?? 0), 0)).toBeCloseTo(1000, 9)
})

test('custom weights must be one per class', () => {
  expect(classWeights(custom(1, 0.5, 2), [5, 5, 5])).toEqual({ ok: true, value: [1, 0.5, 2] })
  expect(classWeights(custom(1, 2), [5, 5, 5])).toEqual({
    ok: false,
    error: 'Custom class weights need one number per class. Received 2 for 3 classes.',
  })
  expect(classWeights(custom(0, 0), [5, 5])).toMatchObject({
    ok: false,
    error: expect.stringContaining('nothing would be learned'),
  })
})

test('numbers have no classes', () => {
  expect(classWeights(balanced, null)).toMatchObject({
    ok: false,
    error: expect.stringContaining('the targets of this data are numbers'),
  })
})
