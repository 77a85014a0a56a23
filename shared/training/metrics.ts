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

/** What is no finite number does not survive JSON: it is told as null. */
export const finite = (x: number | null): number | null => (x !== null && Number.isFinite(x) ? x : null)

/**
 * Area under the ROC curve: the share of pairs of a positive and a negative sample in which the positive has the higher score, ties
 * counting half (Mann and Whitney's U). Null where a side has no sample.
 */
export function rocAuc(scores: ArrayLike<number>, positive: readonly boolean[]): number | null {
  const order = positive.map((_, i) => i).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0))
  let [positives, rankSum] = [0, 0]
  for (let from = 0; from < order.length; ) {
    const score = scores[order[from] ?? 0]
    let to = from + 1
    while (to < order.length && scores[order[to] ?? 0] === score) to++
    // Ranks count from 1; samples with the same score share the mean of theirs.
    const rank = (from + 1 + to) / 2
    for (const i of order.slice(from, to)) {
      if (positive[i]) {
        positives++
        rankSum += rank
      }
    }
    from = to
  }
  return share(rankSum - (positives * (positives + 1)) / 2, positives * (positive.length - positives))
}

/**
 * Mean over the classes of the ROC area of each against the rest. `scores` has one row per sample and one column per class. For two
 * classes whose scores add up to 1 this is the usual area of the second. Classes without a sample, or without another, are left out.
 */
export function macroAuc(scores: ArrayLike<number>, truths: readonly number[], classes: number): number | null {
  const areas: number[] = []
  for (let c = 0; c < classes; c++) {
    const column = truths.map((_, i) => scores[i * classes + c] ?? 0)
    const area = rocAuc(
      column,
      truths.map((truth) => truth === c),
    )
    if (area !== null) areas.push(area)
  }
  return share(sum(areas), areas.length)
}

/**
 * How many classes have a score at least as high as that of the true one, in the row of scores of one sample that begins at `from`. The
 * sample counts for top-k accuracy where they are fewer than k.
 */
export function classesAhead(scores: ArrayLike<number>, from: number, classes: number, truth: number): number {
  const own = scores[from + truth] ?? Number.NaN
  let ahead = 0
  for (let c = 0; c < classes; c++) if (c !== truth && !((scores[from + c] ?? 0) < own)) ahead++
  return ahead
}

export interface RegressionReport {
  readonly mse: number | null
  readonly rmse: number | null
  readonly mae: number | null
  /** 1 − Σ(y−t)² / Σ(t−t̄)²; null where all targets are the same. */
  readonly r2: number | null
  /** Relative absolute error: Σ|y−t| / Σ|t−t̄|; null where all targets are the same. */
  readonly rae: number | null
}

/**
 * Errors of predictions for targets, in the unit of the targets, from one batch after the other. `means` are those of the targets: one
 * for each of the targets of a sample.
 */
export class RegressionErrors {
  private count = 0
  private squares = 0
  private absolutes = 0
  private spread = 0
  private deviation = 0

  constructor(private readonly means: ArrayLike<number>) {}

  /** Takes in whole samples: predictions `y` for targets `t`. */
  add(y: ArrayLike<number>, t: ArrayLike<number>): this {
    const { means } = this
    for (let i = 0; i < t.length; i++) {
      const [error, off] = [(y[i] ?? Number.NaN) - (t[i] ?? 0), (t[i] ?? 0) - (means[i % means.length] ?? 0)]
      this.squares += error ** 2
      this.absolutes += Math.abs(error)
      this.spread += off ** 2
      this.deviation += Math.abs(off)
    }
    this.count += t.length
    return this
  }

  get report(): RegressionReport {
    const mse = share(this.squares, this.count)
    const unexplained = share(this.squares, this.spread)
    return {
      mse,
      rmse: mse === null ? null : Math.sqrt(mse),
      mae: share(this.absolutes, this.count),
      r2: unexplained === null ? null : 1 - unexplained,
      rae: share(this.absolutes, this.deviation),
    }
  }
}
