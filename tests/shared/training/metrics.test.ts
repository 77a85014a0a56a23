import { expect, test } from 'vitest'
import { classesAhead, classReport, macroAuc, RegressionErrors, rocAuc } from '#shared/training/metrics'

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

test('the area under the ROC curve', () => {
  const positive = (labels: readonly number[]) => labels.map((l) => l === 1)
  expect(rocAuc([0.1, 0.4, 0.35, 0.8], positive([0, 0, 1, 1]))).toBeCloseTo(0.75, 12)
  const ranking = (labels: readonly number[]) =>
    rocAuc(
      labels.map((_, i) => -i),
      positive(labels),
    )
  expect(ranking([1, 1, 1, 1, 1, 0, 0, 0, 0, 0])).toBeCloseTo(1, 12)
  expect(ranking([1, 1, 1, 1, 0, 1, 0, 0, 0, 0])).toBeCloseTo(0.96, 12)
  expect(ranking([1, 1, 1, 0, 1, 0, 1, 0, 0, 0])).toBeCloseTo(0.88, 12)
  // Of four pairs, one is right, one wrong, two are ties.
  expect(rocAuc([1, 2, 1, 2], positive([0, 0, 1, 1]))).toBeCloseTo(0.5, 12)
  expect(rocAuc([1, 2], positive([1, 1]))).toBeNull()
})

test('one class against the rest: the mean over classes that can be judged', () => {
  const two = [0.9, 0.1, 0.6, 0.4, 0.65, 0.35, 0.2, 0.8]
  expect(macroAuc(two, [0, 0, 1, 1], 2)).toBeCloseTo(0.75, 12)
  // Class 0 is parted wholly, class 1 in one of two pairs; class 2 has no sample.
  const three = [0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.1, 0.7, 0.2]
  expect(macroAuc(three, [0, 1, 1], 3)).toBeCloseTo(1, 12)
  expect(macroAuc(three, [1, 0, 1], 3)).toBeCloseTo((0.5 + 0.5) / 2, 12)
  expect(macroAuc(three, [0, 0, 0], 3)).toBeNull()
})

test('top-k: ties do not help', () => {
  const ahead = [
    [0.5, 0.3, 0.2],
    [0.5, 0.3, 0.2],
    [0.5, 0.3, 0.2],
    [0.4, 0.4, 0.2],
  ].map((scores, i) => classesAhead([9, ...scores], 1, 3, [0, 1, 2, 0][i] ?? 0))
  expect(ahead).toEqual([0, 1, 2, 1])
  expect(classesAhead([Number.NaN, 0.5], 0, 2, 0)).toBe(1)
})

test('errors of numbers: MSE, RMSE, MAE, R² and RAE', () => {
  // scikit-learn's example of r2_score.
  const { report } = new RegressionErrors([2.875]).add([2.5, 0], [3, -0.5]).add([2, 8], [2, 7])
  expect(report.mse).toBeCloseTo(0.375, 12)
  expect(report.rmse).toBeCloseTo(Math.sqrt(0.375), 12)
  expect(report.mae).toBeCloseTo(0.5, 12)
  expect(report.r2).toBeCloseTo(0.9486081370449679, 12)
  expect(report.rae).toBeCloseTo(2 / 8.5, 12)
  // Always the mean: nothing is explained. Two targets have two means.
  const mean = new RegressionErrors([2, 20]).add([2, 20, 2, 20], [1, 10, 3, 30]).report
  expect(mean.r2).toBeCloseTo(0, 12)
  expect(mean.rae).toBeCloseTo(1, 12)
  expect(new RegressionErrors([5]).add([1, 2], [5, 5]).report).toMatchObject({ mse: 12.5, r2: null, rae: null })
  expect(new RegressionErrors([0]).report).toEqual({ mse: null, rmse: null, mae: null, r2: null, rae: null })
})
