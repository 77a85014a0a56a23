/** How well one class is recognised. A share of nothing (no prediction, no sample) is null, never NaN. */
export interface ClassScore {
  /** Of the samples predicted as this class, the share that is. */
  readonly precision: number | null
  /** Of the samples of this class, the share that was found. */
  readonly recall: number | null
  /** Harmonic mean of the two: 2PR / (P + R). */
  readonly f1: number | null
  /** Samples of this class. */
  readonly support: number
}

export interface ClassReport {
  readonly classes: readonly ClassScore[]
  readonly accuracy: number | null
  /** Plain mean over the classes; a null counts as 0, as in scikit-learn. */
  readonly macro: ClassScore
  /** Mean over the classes, each weighted by its samples. */
  readonly weighted: ClassScore
  readonly samples: number
}

/** Scores from a confusion matrix whose rows are the true classes and columns the predicted ones. */
export function classReport(counts: readonly (readonly number[])[]): ClassReport {
  const rows = counts.map(sum)
  const columns = counts.map((_, c) => sum(counts.map((row) => row[c] ?? 0)))
  const samples = sum(rows)
  const hits = counts.map((row, c) => row[c] ?? 0)
  const classes = hits.map((hit, c): ClassScore => {
    const [support, predicted] = [rows[c] ?? 0, columns[c] ?? 0]
    // F1 = 2TP / (2TP + FP + FN): the harmonic mean, also where one of the two shares is of nothing.
    return {
      precision: share(hit, predicted),
      recall: share(hit, support),
      f1: share(2 * hit, support + predicted),
      support,
    }
  })
  const mean = (weights: readonly number[]): ClassScore => {
    const of = (pick: (s: ClassScore) => number | null) =>
      share(sum(classes.map((s, c) => (pick(s) ?? 0) * (weights[c] ?? 0))), sum(weights))
    return { precision: of((s) => s.precision), recall: of((s) => s.recall), f1: of((s) => s.f1), support: samples }
  }
  return {
    classes,
    accuracy: share(sum(hits), samples),
    macro: mean(classes.map(() => 1)),
    weighted: mean(rows),
    samples,
  }
}

const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
