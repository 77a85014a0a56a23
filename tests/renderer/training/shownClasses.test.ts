import { expect, test } from 'vitest'
import { MAX_CLASSES, shownClasses } from '../../../renderer/results/shownClasses'

const matrix = (classes: number): number[][] =>
  Array.from({ length: classes }, (_, r) => Array.from({ length: classes }, (_, c) => (r === c ? 10 : 0)))

test('a small matrix is shown whole', () => {
  expect(shownClasses(matrix(10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('of a thousand classes those with the most mistakes are shown, in their own order', () => {
  const counts = matrix(1000)
  for (const [r, c] of [
    [999, 3],
    [500, 501],
  ] as const) {
    const row = counts[r]
    if (row) row[c] = 7
  }
  const shown = shownClasses(counts)
  expect(shown).toHaveLength(MAX_CLASSES)
  expect(shown).toEqual(expect.arrayContaining([3, 500, 501, 999]))
  expect(shown).toEqual([...shown].sort((a, b) => a - b))
})
