import { orthogonal } from './orthogonal'
import type { Random } from './random'

/** What an initialiser is told of a weight. */
export interface InitialWeight {
  readonly shape: readonly number[]
  /** Each input channel has its own kernel. */
  readonly depthwise?: boolean
  /** Standard deviation, half width or value, for those that do not compute their own. */
  readonly scale?: number
}
type Initializer = (weight: InitialWeight, random: Random, scale: number) => Float32Array

/** Keras's width of the distributions that do not look at the shape. */
export const DEFAULT_SCALE = 0.05
/** Standard deviation of a standard normal that is cut at ±2. */
const TRUNCATED = 0.8796256610342398
/** Martens, 2010: so many inputs of each unit are not zero. */
const CONNECTIONS = 15

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

/** Inputs and outputs of one unit, as Glorot counts them. `depthwise`: each input channel has its own kernel. */
export function fans(shape: readonly number[], depthwise = false): { readonly in: number; readonly out: number } {
  const last = shape.at(-1) ?? 1
  const before = shape.length > 1 ? (shape.at(-2) ?? 1) : 1
  const field = size(shape.slice(0, -2))
  return depthwise ? { in: field, out: field * last } : { in: field * before, out: field * last }
}

const drawn = (shape: readonly number[], draw: () => number): Float32Array => {
  const values = new Float32Array(size(shape))
  for (let i = 0; i < values.length; i++) values[i] = draw()
  return values
}

const uniform = (shape: readonly number[], limit: number, random: Random): Float32Array =>
  drawn(shape, () => random.uniform(-limit, limit))

/** Normal, drawn again beyond two standard deviations. */
const truncated = (shape: readonly number[], deviation: number, random: Random): Float32Array =>
  drawn(shape, () => {
    let x = random.normal()
    while (Math.abs(x) > 2) x = random.normal()
    return deviation * x
  })

type Mode = 'in' | 'mean'
const fan = ({ shape, depthwise }: InitialWeight, mode: Mode): number => {
  const f = fans(shape, depthwise)
  return Math.max(1, mode === 'in' ? f.in : (f.in + f.out) / 2)
}
/** Variance gain / fan; uniform within √3 standard deviations, or normal cut at two, as in Keras. */
const scaledUniform =
  (gain: number, mode: Mode): Initializer =>
  (w, random) =>
    uniform(w.shape, Math.sqrt((3 * gain) / fan(w, mode)), random)
const scaledNormal =
  (gain: number, mode: Mode): Initializer =>
  (w, random) =>
    truncated(w.shape, Math.sqrt(gain / fan(w, mode)) / TRUNCATED, random)

/** Puts `tap(position within the kernel)` where input and output channel are the same; every kernel of a depthwise layer gets it. */
function diagonal({ shape, depthwise = false }: InitialWeight, tap: (at: readonly number[]) => number): Float32Array {
  const values = new Float32Array(size(shape))
  const [last, before] = [shape.at(-1) ?? 1, shape.length > 1 ? (shape.at(-2) ?? 1) : 1]
  const field = shape.slice(0, -2)
  for (let position = 0; position < size(field); position++) {
    let rest = position
    const at = field.map((_, axis) => {
      const below = size(field.slice(axis + 1))
      const index = Math.floor(rest / below)
      rest -= index * below
      return index
    })
    const value = tap(at)
    for (let a = 0; a < before; a++)
      for (let b = 0; b < last; b++) if (depthwise || a === b) values[(position * before + a) * last + b] = value
  }
  return values
}

/** Triangle of the bilinear filter that enlarges by half of `k`, rounded up. */
const triangle = (k: number, i: number): number => {
  const f = Math.ceil(k / 2)
  return 1 - Math.abs(i / f - (2 * f - 1 - (f % 2)) / (2 * f))
}

const registry = {
  /** Glorot and Bengio, 2010: uniform within ±√(6 / (in + out)). */
  glorotUniform: scaledUniform(1, 'mean'),
  /** The same with a normal distribution of variance 2 / (in + out). */
  glorotNormal: scaledNormal(1, 'mean'),
  /** He et al., 2015, for ReLU: uniform within ±√(6 / in). */
  heUniform: scaledUniform(2, 'in'),
  /** Variance 2 / in. */
  heNormal: scaledNormal(2, 'in'),
  /** LeCun et al., 1998: uniform within ±√(3 / in). */
  lecunUniform: scaledUniform(1, 'in'),
  /** Variance 1 / in. */
  lecunNormal: scaledNormal(1, 'in'),
  /** Saxe et al., 2014: rows or columns at right angles, of length 1. */
  orthogonal: ({ shape }, random) => orthogonal(size(shape.slice(0, -1)), shape.at(-1) ?? 1, random),
  randomNormal: ({ shape }, random, scale) => drawn(shape, () => scale * random.normal()),
  truncatedNormal: ({ shape }, random, scale) => truncated(shape, scale, random),
  randomUniform: ({ shape }, random, scale) => uniform(shape, scale, random),
  /** Martens, 2010: 15 inputs of each unit are normal, the others zero. */
  sparse({ shape }, random, scale) {
    const [rows, columns] = [size(shape.slice(0, -1)), shape.at(-1) ?? 1]
    const values = new Float32Array(rows * columns)
    const places = new Uint32Array(rows)
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) places[row] = row
      random.shuffle(places)
      for (const row of places.subarray(0, CONNECTIONS)) values[row * columns + column] = scale * random.normal()
    }
    return values
  },
  /** What comes in goes out: ones on the diagonal, for convolutions at the centre of the kernel. */
  identity: (w) => diagonal(w, (at) => (at.every((i, axis) => i === Math.floor((w.shape[axis] ?? 1) / 2)) ? 1 : 0)),
  /** Shelhamer et al., 2017: a transposed convolution that begins as bilinear up-sampling. */
  bilinear: (w) => diagonal(w, (at) => at.reduce((v, i, axis) => v * triangle(w.shape[axis] ?? 1, i), 1)),
  zeros: ({ shape }) => new Float32Array(size(shape)),
  ones: ({ shape }) => new Float32Array(size(shape)).fill(1),
  constant: ({ shape }, _random, scale) => new Float32Array(size(shape)).fill(scale),
} as const satisfies Record<string, Initializer>

export type InitializerType = keyof typeof registry
export const initializerTypes = Object.keys(registry) as InitializerType[]
/** Those that make sense for a vector. */
export const biasInitializerTypes = [
  'zeros',
  'ones',
  'constant',
  'randomNormal',
  'truncatedNormal',
  'randomUniform',
] as const

const scaled = ['constant', 'randomNormal', 'truncatedNormal', 'randomUniform', 'sparse']
/** Does it look at the `scale`? */
export const usesScale = (type: string): boolean => scaled.includes(type)

/** The values that a weight begins with. The same generator gives the same values everywhere. */
export const initialValues = (type: InitializerType, weight: InitialWeight, random: Random): Float32Array =>
  registry[type](weight, random, weight.scale ?? DEFAULT_SCALE)
