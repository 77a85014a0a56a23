import type { Random } from '#shared/training/random'

/**
 * Layers that draw random numbers (dropout, noise) take them from `Math.random`, directly or as seeds. While `f` runs, these are
 * numbers of ours, so that a seed fixes the whole curve.
 */
export function withRandom<T>(random: Random, f: () => T): T {
  const own = Math.random
  Math.random = () => random.next()
  try {
    return f()
  } finally {
    Math.random = own
  }
}
