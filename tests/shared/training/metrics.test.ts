import { expect, test } from 'vitest'
import { classReport } from '#shared/training/metrics'

/** Worked by hand, and as scikit-learn's classification_report gives it. */
const cats = [
  [4, 1, 1],
  [6, 2, 2],
  [3, 0, 6],
]

test('precision, recall and F1 of three classes', () => {
  const { classes, accuracy, macro, weighted, samples } = classReport(cats)
  expect(samples).toBe(25)
  expect(accuracy).toBeCloseTo(12 / 25, 12)
  expect(classes.map((c) => c.support)).toEqual([6, 10, 9])
  for (const [i, [p, r, f]] of [
    [4 / 13, 4 / 6, 8 / 19],
    [2 / 3, 2 / 10, 4 / 13],
    [6 / 9, 6 / 9, 6 / 9],
  ].entries()) {
    expect(classes[i]?.precision).toBeCloseTo(p ?? Number.NaN, 12)
    expect(classes[i]?.recall).toBeCloseTo(r ?? Number.NaN, 12)
    expect(classes[i]?.f1).toBeCloseTo(f ?? Number.NaN, 12)
  }
  expect(macro.f1).toBeCloseTo((8 / 19 + 4 / 13 + 2 / 3) / 3, 12)
  expect(weighted.precision).toBeCloseTo(((4 / 13) * 6 + (2 / 3) * 10 + (6 / 9) * 9) / 25, 12)
  // The weighted recall is the accuracy.
  expect(weighted.recall).toBeCloseTo(12 / 25, 12)
})

test('a share of nothing is null, and the means still are numbers', () => {
  const { classes, macro } = classReport([
    [3, 0, 0],
    [2, 0, 0],
    [0, 0, 0],
  ])
  expect(classes[0]).toEqual({ precision: 3 / 5, recall: 1, f1: 6 / 8, support: 3 })
  expect(classes[1]).toEqual({ precision: null, recall: 0, f1: 0, support: 2 })
  expect(classes[2]).toEqual({ precision: null, recall: null, f1: null, support: 0 })
  expect(macro.precision).toBeCloseTo(0.2, 12)
})

test('an empty matrix', () => {
  expect(classReport([])).toEqual({
    classes: [],
    accuracy: null,
    macro: { precision: null, recall: null, f1: null, support: 0 },
    weighted: { precision: null, recall: null, f1: null, support: 0 },
    samples: 0,
  })
})
