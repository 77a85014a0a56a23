/** The four words of the generator's state; what a checkpoint keeps. */
export type RandomState = readonly [number, number, number, number]

export interface Random {
  /** Uniform in [0, 1), with 32 random bits. */
  next(): number
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number
  /** Standard normal, by Box and Muller's formula. */
  normal(): number
  /** A whole number in [0, n). */
  below(n: number): number
  /** Fisher and Yates, in place. */
  shuffle(items: { length: number; [i: number]: number }): void
  state(): RandomState
}

/** Doty-Humphrey's sfc32: small, fast, passes PractRand. The same seed gives the same numbers everywhere. */
export function randomFrom(state: RandomState): Random {
  let [a, b, c, d] = state
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 2 ** 32
  }
  const below = (n: number): number => Math.floor(next() * n)
  return {
    next,
    uniform: (low, high) => low + (high - low) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    below,
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = below(i + 1)
        const [x, y] = [items[i] ?? 0, items[j] ?? 0]
        items[i] = y
        items[j] = x
      }
    },
    state: () => [a, b, c, d],
  }
}

/** The numbers that belong to one sample in one epoch, whichever batch it comes in: no state to keep, so that a resumed run has the same. */
export function sampleRandom(seed: number, epoch: number, sample: number): Random {
  const random = randomFrom([seed | 0, epoch | 0, sample | 0, 2])
  for (let i = 0; i < 15; i++) random.next()
  return random
}

/** `stream` gives independent generators for one seed: data order, initial weights, dropout, … */
export function createRandom(seed: number, stream = 0): Random {
  const random = randomFrom([seed | 0, (seed / 2 ** 32) | 0, stream | 0, 1])
  // The first numbers still resemble the seed.
  for (let i = 0; i < 15; i++) random.next()
  return random
}
