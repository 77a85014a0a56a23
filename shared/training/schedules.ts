import { createRandom } from './random'

/** What a schedule knows: the base rate, the steps done, the steps of the whole run, and how far the rate falls. */
export interface ScheduleState {
  readonly learningRate: number
  readonly step: number
  readonly steps: number
  readonly decayRate: number
  /** How often the validation loss has stopped falling. */
  readonly plateaus?: number
}
type Schedule = (s: ScheduleState) => number

/** Where the polynomial ends. */
const END = 1e-4
/** Cosine restarts: so many cycles over the run, each of the same length. */
const CYCLES = 4
/** Its random numbers are no others'. */
const NOISE = 55
const cosine = (share: number): number => 0.5 * (1 + Math.cos(Math.PI * share))

const registry = {
  constant: (s) => s.learningRate,
  /** Loshchilov and Hutter, 2017: η/2 · (1 + cos(π s/D)). */
  cosine: (s) => s.learningRate * cosine(s.step / s.steps),
  cosineRestarts: (s) => s.learningRate * cosine(s.step >= s.steps ? 1 : ((CYCLES * s.step) / s.steps) % 1),
  /** Bello et al., 2017: a cosine whose height falls linearly. */
  linearCosine: (s) => s.learningRate * (1 - s.step / s.steps) * cosine(s.step / s.steps),
  /** The same with noise on the height that fades: variance (1 + s)^−0.55, from the number of the step alone. */
  noisyLinearCosine(s) {
    const noise = createRandom(s.step, NOISE).normal() * (1 + s.step) ** (-0.55 / 2)
    return s.learningRate * Math.max(0, 1 - s.step / s.steps + noise) * cosine(s.step / s.steps)
  },
  /** A tenth whenever the validation loss has stopped to fall. */
  reduceOnPlateau: (s) => s.learningRate * 0.1 ** (s.plateaus ?? 0),
  /** Smith, 2017, to find a rate: from η/100,000 up to η, by the same factor in every step. */
  rangeTest: (s) => s.learningRate * 1e-5 ** (1 - s.step / s.steps),
  /** Linear, to a small rest. */
  polynomial: (s) => (s.learningRate - END) * (1 - s.step / s.steps) + END,
  /** η · r^(s/D). */
  exponential: (s) => s.learningRate * s.decayRate ** (s.step / s.steps),
  /** η · e^(−r s/D). */
  naturalExponential: (s) => s.learningRate * Math.exp((-s.decayRate * s.step) / s.steps),
  /** η / (1 + r s/D). */
  inverseTime: (s) => s.learningRate / (1 + (s.decayRate * s.step) / s.steps),
  /** η, then a tenth from half of the run on, a hundredth from three quarters on. */
  piecewise: (s) => s.learningRate * (s.step < 0.5 * s.steps ? 1 : s.step < 0.75 * s.steps ? 0.1 : 0.01),
  /** Smith, 2018: from η/25 up to η over the first 30 %, then down to η/10,000, along cosines. */
  oneCycle(s) {
    const [up, share] = [0.3, s.step / s.steps]
    const between = (a: number, b: number, x: number) => b + (a - b) * cosine(Math.min(x, 1))
    const [low, end] = [s.learningRate / 25, s.learningRate / 1e4]
    return share < up ? between(low, s.learningRate, share / up) : between(s.learningRate, end, (share - up) / (1 - up))
  },
} as const satisfies Record<string, Schedule>

export type ScheduleType = keyof typeof registry
export const scheduleTypes = Object.keys(registry) as ScheduleType[]

/** The learning rate for a step; during the first `warmupSteps` it rises linearly to what the schedule says. */
export function rateAt(type: ScheduleType, s: ScheduleState, warmupSteps = 0): number {
  const rate = registry[type]({ ...s, step: Math.min(s.step, s.steps) })
  return s.step < warmupSteps ? (rate * (s.step + 1)) / (warmupSteps + 1) : rate
}
