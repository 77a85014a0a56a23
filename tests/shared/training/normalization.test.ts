import { expect, test } from 'vitest'
import { describeNormalization, normalizationBy, normalize } from '#shared/training/normalization'

// Columns 1, 3, 5, 7 and 10, 10, 10, 10: mean 4 and deviation √5 by hand.
const columns = [
  { mean: 4, std: Math.sqrt(5), min: 1, max: 7 },
  { mean: 10, std: 0, min: 10, max: 10 },
]
const rounded = (values: Float32Array) => Array.from(values, (v) => Number(v.toFixed(6)))

test('standardised: mean 0 and deviation 1; a column that never changes is only moved', () => {
  const figures = normalizationBy('standardize', columns)
  expect(figures).toEqual({ method: 'standardize', offset: [4, 10], scale: [Math.sqrt(5), 1] })
  expect(rounded(normalize(Float32Array.of(1, 10, 7, 12), figures))).toEqual([-1.341641, 0, 1.341641, 2])
})

test('minimum and maximum become 0 and 1', () => {
  const figures = normalizationBy('minMax', columns)
  expect(figures).toEqual({ method: 'minMax', offset: [1, 10], scale: [6, 1] })
  expect(rounded(normalize(Float32Array.of(1, 10, 7, 10, 4, 11), figures))).toEqual([0, 0, 1, 0, 0.5, 1])
})

test('the values that it is given stay as they are', () => {
  const values = Float32Array.of(1, 10)
  normalize(values, normalizationBy('minMax', columns))
  expect([...values]).toEqual([1, 10])
})

test('says what to do to a sample, with figures', () => {
  expect(describeNormalization(normalizationBy('standardize', columns))).toBe(
    'Then each channel or column minus its mean (4, 10), divided by its standard deviation (2.23607, 1), of the training part.',
  )
})
