import { finite } from '#shared/training/metrics'

/** Of each output by itself, before its weight; NaN, or null as JSON has it, for one that has no part in the training. */
type Sums = readonly (number | null)[]

/** Adds the losses of a batch, times its samples or its share, to what there is; that may be nothing yet. */
export const addLosses = (sums: Sums, losses: Sums, by: number): number[] =>
  losses.map((loss, i) => (sums[i] ?? 0) + by * (loss ?? Number.NaN))

/** As events carry them; null where one output has all of the loss. `count`: what the sums are over. */
export const reportLosses = (sums: Sums, count = 1): (number | null)[] | null =>
  sums.length < 2 ? null : sums.map((sum) => finite((sum ?? Number.NaN) / count))
