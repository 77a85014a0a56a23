import type { Algebra } from './algebra'
import type { OptimizerType } from './optimizers'

/** A weight before a step, and what the step is made of. */
export interface Moving<T> {
  readonly weight: T
  readonly gradient: T
  /** In the order of the optimizer's slots. */
  readonly slots: readonly T[]
  /** A number: the learning rate of this weight. */
  readonly rate: T
  readonly momentum: number
  /** Numbers that follow from the step's own, see `corrections`. */
  readonly corrections: readonly T[]
}

/** A weight after a step. */
export interface Moved<T> {
  readonly weight: T
  readonly slots: readonly T[]
}

/** An optimizer as in `updates.ts`, for engines that compute a step as a whole. */
export interface Formula {
  /** What the formula needs to know of the step, which is counted from 1. */
  corrections(step: number): readonly number[]
  apply<T>(a: Algebra<T>, moving: Moving<T>): Moved<T>
}

/** As in `updates.ts`; a test holds both equal. */
const EPSILON = 1e-7
const [BETA1, BETA2] = [0.9, 0.999]
const [RMS_RHO, DELTA_RHO] = [0.9, 0.95]

const none = () => []

/** share · mean + (1 − share) · value. */
const blend = <T>(a: Algebra<T>, mean: T, share: number, value: T): T =>
  a.add(a.mul(mean, a.number(share)), a.mul(value, a.number(1 - share)))
/** √(x + ε). */
const root = <T>(a: Algebra<T>, x: T): T => a.sqrt(a.add(x, a.number(EPSILON)))
const square = <T>(a: Algebra<T>, x: T): T => a.mul(x, x)
/** weight − rate · value ÷ (√scale + ε). */
const descend = <T>(a: Algebra<T>, weight: T, rate: T, value: T, scale: T): T =>
  a.sub(weight, a.div(a.mul(value, rate), a.add(a.sqrt(scale), a.number(EPSILON))))
/** η corrected for the zeros that Adam's means begin with. */
const adamCorrection = (step: number) => [Math.sqrt(1 - BETA2 ** step) / (1 - BETA1 ** step)]

/** A slot or correction that the formula has declared. */
function at<T>(list: readonly T[], i: number): T {
  const value = list[i]
  if (value === undefined) throw new Error(`The optimizer was given ${list.length} values; number ${i + 1} is missing.`)
  return value
}

const momentum = <T>(
  a: Algebra<T>,
  { gradient, momentum, rate, slots }: Moving<T>,
): readonly [step: T, velocity: T] => {
  const step = a.mul(gradient, rate)
  return [step, a.sub(a.mul(at(slots, 0), a.number(momentum)), step)]
}

export const formulas: Readonly<Record<OptimizerType, Formula>> = {
  sgd: {
    corrections: none,
    apply(a, moving) {
      const [, velocity] = momentum(a, moving)
      return { weight: a.add(moving.weight, velocity), slots: [velocity] }
    },
  },
  nesterov: {
    corrections: none,
    apply(a, moving) {
      const [step, velocity] = momentum(a, moving)
      const ahead = a.sub(a.mul(velocity, a.number(moving.momentum)), step)
      return { weight: a.add(moving.weight, ahead), slots: [velocity] }
    },
  },
  adam: {
    corrections: adamCorrection,
    apply(a, { corrections, gradient, rate, slots, weight }) {
      const m = blend(a, at(slots, 0), BETA1, gradient)
      const v = blend(a, at(slots, 1), BETA2, square(a, gradient))
      return { weight: descend(a, weight, a.mul(rate, at(corrections, 0)), m, v), slots: [m, v] }
    },
  },
  amsgrad: {
    corrections: adamCorrection,
    apply(a, { corrections, gradient, rate, slots, weight }) {
      const m = blend(a, at(slots, 0), BETA1, gradient)
      const v = blend(a, at(slots, 1), BETA2, square(a, gradient))
      const largest = a.maximum(at(slots, 2), v)
      return { weight: descend(a, weight, a.mul(rate, at(corrections, 0)), m, largest), slots: [m, v, largest] }
    },
  },
  adamax: {
    corrections: (step) => [1 / (1 - BETA1 ** step)],
    apply(a, { corrections, gradient, rate, slots, weight }) {
      const m = blend(a, at(slots, 0), BETA1, gradient)
      const u = a.maximum(a.mul(at(slots, 1), a.number(BETA2)), a.abs(gradient))
      const step = a.div(a.mul(m, a.mul(rate, at(corrections, 0))), a.add(u, a.number(EPSILON)))
      return { weight: a.sub(weight, step), slots: [m, u] }
    },
  },
  nadam: {
    corrections: (step) => [
      BETA1 / (1 - BETA1 ** (step + 1)),
      (1 - BETA1) / (1 - BETA1 ** step),
      1 / (1 - BETA2 ** step),
    ],
    apply(a, { corrections, gradient, rate, slots, weight }) {
      const m = blend(a, at(slots, 0), BETA1, gradient)
      const v = blend(a, at(slots, 1), BETA2, square(a, gradient))
      const mean = a.add(a.mul(m, at(corrections, 0)), a.mul(gradient, at(corrections, 1)))
      return { weight: descend(a, weight, rate, mean, a.mul(v, at(corrections, 2))), slots: [m, v] }
    },
  },
  rmsprop: {
    corrections: none,
    apply(a, { gradient, rate, slots, weight }) {
      const mean = blend(a, at(slots, 0), RMS_RHO, square(a, gradient))
      return { weight: descend(a, weight, rate, gradient, mean), slots: [mean] }
    },
  },
  rmspropCentered: {
    corrections: none,
    apply(a, { gradient, rate, slots, weight }) {
      const squares = blend(a, at(slots, 0), RMS_RHO, square(a, gradient))
      const mean = blend(a, at(slots, 1), RMS_RHO, gradient)
      const variance = a.maximum(a.sub(squares, square(a, mean)), a.number(0))
      return { weight: descend(a, weight, rate, gradient, variance), slots: [squares, mean] }
    },
  },
  adagrad: {
    corrections: none,
    apply(a, { gradient, rate, slots, weight }) {
      const sum = a.add(at(slots, 0), square(a, gradient))
      return { weight: descend(a, weight, rate, gradient, sum), slots: [sum] }
    },
  },
  adadelta: {
    corrections: none,
    apply(a, { gradient, rate, slots, weight }) {
      const mean = blend(a, at(slots, 0), DELTA_RHO, square(a, gradient))
      const step = a.mul(a.div(root(a, at(slots, 1)), root(a, mean)), gradient)
      const steps = blend(a, at(slots, 1), DELTA_RHO, square(a, step))
      return { weight: a.sub(weight, a.mul(step, rate)), slots: [mean, steps] }
    },
  },
}
