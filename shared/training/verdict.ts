import type { EpochEvent } from './run'

/** What the curves of a run say about it, in the words of the field. */
export type Verdict =
  /** The loss grew or became no number. */
  | { readonly kind: 'diverged' }
  /** Not better than always naming the most frequent class. */
  | { readonly kind: 'guessing'; readonly baseline: number }
  /** Since epoch `since` the validation loss rises while the training loss falls. */
  | { readonly kind: 'overfitting'; readonly since: number }
  /** The validation loss was still falling at the end. */
  | { readonly kind: 'falling' }
  /** Neither: the curves have come to rest. */
  | { readonly kind: 'settled' }

/** A rise of the validation loss by less is noise. */
const RISE = 1.05
/** A fall over the last fifth of the epochs by less is rest. */
const FALL = 0.98

/**
 * Null while there is too little to judge by: fewer than three epochs, or no validation. `baseline` is the share of the most frequent
 * class of the validation set, null for regression.
 */
export function verdictOf(epochs: readonly EpochEvent[], baseline: number | null): Verdict | null {
  const [first, last] = [epochs[0], epochs.at(-1)]
  if (!first || !last || epochs.length < 3) return null
  if (last.loss === null || (first.loss !== null && last.loss > 2 * first.loss)) return { kind: 'diverged' }
  const losses = epochs.map((e) => e.valLoss)
  if (losses.every((l) => l === null)) return null
  if (losses.at(-1) === null) return { kind: 'diverged' }
  if (baseline !== null && last.valAccuracy !== null && last.valAccuracy <= baseline)
    return { kind: 'guessing', baseline }
  const numbers = losses.map((l) => l ?? Number.POSITIVE_INFINITY)
  const lowest = Math.min(...numbers)
  const best = numbers.indexOf(lowest)
  const after = numbers.slice(best + 1)
  const trained = epochs[best]?.loss ?? Number.NEGATIVE_INFINITY
  // Two in a row, so that one bad epoch at the end is not taken for a turn.
  if (after.length >= 2 && after.slice(-2).every((l) => l > lowest * RISE) && last.loss < trained)
    return { kind: 'overfitting', since: epochs[best]?.epoch ?? 0 }
  const earlier = Math.min(...numbers.slice(0, -Math.max(Math.round(epochs.length / 5), 1)))
  return lowest < earlier * FALL ? { kind: 'falling' } : { kind: 'settled' }
}
