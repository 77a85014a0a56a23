/** A matrix of more classes can be neither read nor laid out. */
export const MAX_CLASSES = 40

/** The classes that a confusion matrix shows: all, or those with the most mistakes (missed or wrongly named), in their own order. */
export function shownClasses(counts: readonly (readonly number[])[]): readonly number[] {
  const all = counts.map((_, c) => c)
  if (counts.length <= MAX_CLASSES) return all
  const mistakes = new Float64Array(counts.length)
  for (const [r, row] of counts.entries())
    for (const [c, n] of row.entries())
      if (r !== c) {
        mistakes[r] = (mistakes[r] ?? 0) + n
        mistakes[c] = (mistakes[c] ?? 0) + n
      }
  const worst = all.toSorted((a, b) => (mistakes[b] ?? 0) - (mistakes[a] ?? 0)).slice(0, MAX_CLASSES)
  return worst.sort((a, b) => a - b)
}
