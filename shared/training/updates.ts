import type { OptimizerType } from './optimizers'

/** Float32Array in training; Float64Array where more digits are wanted. */
export type Floats = Float32Array | Float64Array

/** The numbers that one update needs. */
export interface UpdateSettings {
  readonly learningRate: number
  readonly momentum: number
  /** Counts the updates, from 1. */
  readonly step: number
}

/** How an optimizer changes a parameter. Everything is changed in place; slots begin as zeros and belong in a checkpoint. */
export interface Update {
  readonly slots: readonly string[]
  apply(w: Floats, g: Floats, slots: readonly Floats[], s: UpdateSettings): void
}

/** Keeps divisions away from zero; Keras's value. */
const EPSILON = 1e-7
const [BETA1, BETA2] = [0.9, 0.999]
const [RMS_RHO, DELTA_RHO] = [0.9, 0.95]

/**
 * An optimizer from what it does to one number. `begin` is called once per update with its settings; what it returns gets a gradient and
 * the place of the number, changes the slots there and returns the step to take.
 */
const optimizer = (
  slots: readonly string[],
  begin: (s: UpdateSettings, a: Floats, b: Floats, c: Floats) => (g: number, i: number) => number,
): Update => ({
  slots,
  apply(w, g, [a = w, b = w, c = w], settings) {
    const step = begin(settings, a, b, c)
    for (let i = 0; i < w.length; i++) w[i] = (w[i] as number) + step(g[i] as number, i)
  },
})

/** A running mean in a slot. */
const blend = (slot: Floats, i: number, share: number, value: number): number => {
  const mean = share * (slot[i] as number) + (1 - share) * value
  slot[i] = mean
  return mean
}

/** η corrected for the zeros that Adam's means begin with; the correction of the second mean is in it, as in Keras. */
const corrected = (s: UpdateSettings): number =>
  (s.learningRate * Math.sqrt(1 - BETA2 ** s.step)) / (1 - BETA1 ** s.step)

export const updates: Readonly<Record<OptimizerType, Update>> = {
  /** Sutskever et al., 2013, in Keras's form: v ← μ·v − η·g, w ← w + v. */
  sgd: optimizer(['velocity'], ({ learningRate, momentum }, v) => (g, i) => {
    const next = momentum * (v[i] as number) - learningRate * g
    v[i] = next
    return next
  }),
  /** Looks ahead: v ← μ·v − η·g, w ← w + μ·v − η·g. */
  nesterov: optimizer(['velocity'], ({ learningRate, momentum }, v) => (g, i) => {
    const next = momentum * (v[i] as number) - learningRate * g
    v[i] = next
    return momentum * next - learningRate * g
  }),
  /** Kingma and Ba, 2015. */
  adam: optimizer(['m', 'v'], (s, m, v) => {
    const rate = corrected(s)
    return (g, i) => (-rate * blend(m, i, BETA1, g)) / (Math.sqrt(blend(v, i, BETA2, g * g)) + EPSILON)
  }),
  /** Reddi et al., 2018: Adam with the largest second mean so far. */
  amsgrad: optimizer(['m', 'v', 'vMax'], (s, m, v, vMax) => {
    const rate = corrected(s)
    return (g, i) => {
      const mean = blend(m, i, BETA1, g)
      const largest = Math.max(vMax[i] as number, blend(v, i, BETA2, g * g))
      vMax[i] = largest
      return (-rate * mean) / (Math.sqrt(largest) + EPSILON)
    }
  }),
  /** Kingma and Ba, 2015: Adam with the largest decayed gradient in place of the second mean. */
  adamax: optimizer(['m', 'u'], (s, m, u) => {
    const rate = s.learningRate / (1 - BETA1 ** s.step)
    return (g, i) => {
      const largest = Math.max(BETA2 * (u[i] as number), Math.abs(g))
      u[i] = largest
      return (-rate * blend(m, i, BETA1, g)) / (largest + EPSILON)
    }
  }),
  /** Dozat, 2016, with a constant β₁: Adam that looks ahead. */
  nadam: optimizer(['m', 'v'], ({ learningRate, step }, m, v) => {
    const [now, next, second] = [1 - BETA1 ** step, 1 - BETA1 ** (step + 1), 1 - BETA2 ** step]
    return (g, i) => {
      const mean = (BETA1 * blend(m, i, BETA1, g)) / next + ((1 - BETA1) * g) / now
      return (-learningRate * mean) / (Math.sqrt(blend(v, i, BETA2, g * g) / second) + EPSILON)
    }
  }),
  /** Tieleman and Hinton, 2012. */
  rmsprop: optimizer(['square'], ({ learningRate }, square) => (g, i) => {
    return (-learningRate * g) / (Math.sqrt(blend(square, i, RMS_RHO, g * g)) + EPSILON)
  }),
  /** Graves, 2013: RMSprop about the mean gradient. */
  rmspropCentered: optimizer(['square', 'mean'], ({ learningRate }, square, mean) => (g, i) => {
    const m = blend(mean, i, RMS_RHO, g)
    const variance = Math.max(blend(square, i, RMS_RHO, g * g) - m * m, 0)
    return (-learningRate * g) / (Math.sqrt(variance) + EPSILON)
  }),
  /** Duchi et al., 2011; the sum begins at 0, as in PyTorch. */
  adagrad: optimizer(['sum'], ({ learningRate }, sum) => (g, i) => {
    const total = (sum[i] as number) + g * g
    sum[i] = total
    return (-learningRate * g) / (Math.sqrt(total) + EPSILON)
  }),
  /** Zeiler, 2012, ρ = 0.95: steps in the parameter's own unit; a learning rate of 1 is the paper's. */
  adadelta: optimizer(['square', 'delta'], ({ learningRate }, square, delta) => (g, i) => {
    const mean = blend(square, i, DELTA_RHO, g * g)
    const step = (-Math.sqrt((delta[i] as number) + EPSILON) / Math.sqrt(mean + EPSILON)) * g
    blend(delta, i, DELTA_RHO, step * step)
    return learningRate * step
  }),
}
