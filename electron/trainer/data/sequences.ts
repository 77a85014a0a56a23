import { createRandom, type Random } from '#shared/training/random'
import { type DataSet, inMemory } from './dataSet'

const COUNT = 2000
const LENGTH = 24
const LETTERS = 8

/** What order does with letters: over all sequences each letter is as frequent in every kind. */
const kinds: Readonly<Record<string, (random: Random) => number[]>> = {
  rising: (random) => steps(random.below(LETTERS), 1),
  falling: (random) => steps(random.below(LETTERS), LETTERS - 1),
  doubled(random) {
    const half = letters(random, LENGTH / 2)
    return half.flatMap((letter) => [letter, letter])
  },
  mirrored(random) {
    const half = letters(random, LENGTH / 2)
    return [...half, ...half.toReversed()]
  },
}

const letters = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.below(LETTERS))
const steps = (first: number, step: number): number[] =>
  Array.from({ length: LENGTH }, (_, i) => (first + i * step) % LETTERS)

/** Sequences of 24 letters, as numbers from 0 to 7; one in ten letters is replaced. Only their order tells the kinds apart. */
export function sequences(): DataSet {
  const random = createRandom(33)
  const names = Object.keys(kinds)
  const values = new Float32Array(COUNT * LENGTH)
  const classes = Uint16Array.from({ length: COUNT }, (_, i) => i % names.length)
  classes.forEach((c, i) => {
    const written = kinds[names[c] ?? '']?.(random) ?? []
    values.set(
      written.map((letter) => (random.next() < 0.1 ? random.below(LETTERS) : letter)),
      i * LENGTH,
    )
  })
  return inMemory(values, classes, {
    spec: 'sequences',
    inputShape: [LENGTH],
    labels: names,
    targetSize: names.length,
    range: [0, LETTERS - 1],
    preprocessing: 'Letters a to h as whole numbers from 0 to 7.',
    problems: [],
  })
}
