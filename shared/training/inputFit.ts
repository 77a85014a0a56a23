/** How samples of one shape become the input of a network of another: as they are, read in another shape, or with a border of zeros. */
export type InputFit = 'same' | 'reshaped' | 'padded'

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

/** Null where there is no natural way. Shapes are H×W×C or any other, without the batch axis. */
export function inputFit(sample: readonly number[], input: readonly number[]): InputFit | null {
  if (sample.length === input.length && sample.every((n, i) => n === input[i])) return 'same'
  if (count(sample) === count(input)) return 'reshaped'
  const [h = 0, w = 0, c = 0] = sample
  const [toH = 0, toW = 0, toC = 0] = input
  const even = (toH - h) % 2 === 0 && (toW - w) % 2 === 0
  const images = sample.length === 3 && input.length === 3
  return images && c === toC && toH >= h && toW >= w && even ? 'padded' : null
}
