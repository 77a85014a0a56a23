type Sizes = readonly number[]

/** How samples of one shape become the input of a network of another: as they are, read in another shape, or with a border of zeros. */
export type InputFit = 'same' | 'reshaped' | 'padded'

const count = (shape: Sizes): number => shape.reduce((a, b) => a * b, 1)
const same = (a: Sizes, b: Sizes): boolean => a.length === b.length && a.every((n, i) => n === b[i])

/** Null where there is no natural way. Shapes are H×W×C or any other, without the batch axis. */
export function inputFit(sample: Sizes, input: Sizes): InputFit | null {
  if (same(sample, input)) return 'same'
  if (count(sample) === count(input)) return 'reshaped'
  const [h = 0, w = 0, c = 0] = sample
  const [toH = 0, toW = 0, toC = 0] = input
  const even = (toH - h) % 2 === 0 && (toW - w) % 2 === 0
  const images = sample.length === 3 && input.length === 3
  return images && c === toC && toH >= h && toW >= w && even ? 'padded' : null
}

/** What the inputs of a network see of a sample. */
export type Feed =
  /** Each the whole sample. `shape` is that of the sample once it is brought to the inputs. */
  | { readonly kind: 'whole'; readonly fit: InputFit; readonly shape: Sizes }
  /** Consecutive parts of it: of its last axis (channels, features) where all else agrees, else of its elements. */
  | { readonly kind: 'parts'; readonly of: 'lastAxis' | 'elements'; readonly shape: Sizes }

/** How a sample feeds the inputs of a network, given in order; null where there is no natural way. */
export function feedOf(sample: Sizes, inputs: readonly Sizes[]): Feed | null {
  const [first] = inputs
  if (!first) return null
  const fit = inputFit(sample, first)
  if (fit && inputs.every((s) => same(s, first))) return { kind: 'whole', fit, shape: first }
  // Of different shapes: each reads the sample in its own.
  if (inputs.every((s) => count(s) === count(sample))) return { kind: 'whole', fit: 'same', shape: sample }
  const sum = inputs.reduce((n, s) => n + count(s), 0)
  if (sum !== count(sample)) return null
  const alike = inputs.every((s) => s.length === sample.length && same(s.slice(0, -1), sample.slice(0, -1)))
  return { kind: 'parts', of: alike ? 'lastAxis' : 'elements', shape: sample }
}
