import type { Floats } from './updates'

export interface Loss {
  readonly label: string
  /** What the outputs are before they become probabilities: the loss starts there, which is exact also far from 0. */
  readonly logitsOf: 'softmax' | 'sigmoid' | null
  /** Wants classes (one-hot targets) rather than numbers. */
  readonly classes: boolean
  /** Loss of the sample whose `n` outputs and targets begin at `from`; writes its derivative in the outputs to the same places of `g`. */
  sample(y: Floats, t: Floats, from: number, n: number, g: Floats | null): number
}

/** A loss that is the mean of a function of each output and target; `f` returns its value, `d` its derivative in the output. */
const elementwise = (
  label: string,
  classes: boolean,
  f: (y: number, t: number) => number,
  d: (y: number, t: number) => number,
  logitsOf: Loss['logitsOf'] = null,
): Loss => ({
  label,
  logitsOf,
  classes,
  sample(y, t, from, n, g) {
    let sum = 0
    for (let i = from; i < from + n; i++) {
      const [yi, ti] = [y[i] as number, t[i] as number]
      sum += f(yi, ti)
      if (g) g[i] = d(yi, ti) / n
    }
    return sum / n
  },
})

/** −Σ tᵢ log softmax(y)ᵢ, by log-sum-exp. */
const categoricalCrossentropy: Loss = {
  label: 'Categorical cross-entropy',
  logitsOf: 'softmax',
  classes: true,
  sample(y, t, from, n, g) {
    let max = Number.NEGATIVE_INFINITY
    for (let i = from; i < from + n; i++) max = Math.max(max, y[i] as number)
    let total = 0
    for (let i = from; i < from + n; i++) total += Math.exp((y[i] as number) - max)
    const log = Math.log(total) + max
    let [loss, mass] = [0, 0]
    for (let i = from; i < from + n; i++) {
      loss += (t[i] as number) * (log - (y[i] as number))
      mass += t[i] as number
    }
    if (g) for (let i = from; i < from + n; i++) g[i] = mass * Math.exp((y[i] as number) - log) - (t[i] as number)
    return loss
  },
}

export const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

/** Lin et al., 2017, from logits: −α_t (1 − p_t)^γ log p_t with γ = 2, α = 0.25. */
const [GAMMA, ALPHA] = [2, 0.25]
const focal = (z: number, t: number): number => {
  const log = -softplus(t > 0.5 ? -z : z)
  return -(t > 0.5 ? ALPHA : 1 - ALPHA) * (1 - Math.exp(log)) ** GAMMA * log
}
const focalSlope = (z: number, t: number): number => {
  const sign = t > 0.5 ? 1 : -1
  const log = -softplus(-sign * z)
  const p = Math.exp(log)
  const weight = t > 0.5 ? ALPHA : 1 - ALPHA
  return sign * weight * (1 - p) ** GAMMA * (GAMMA * p * log - (1 - p))
}

/** Girshick, 2015: quadratic up to 1/σ², linear beyond. */
export function smoothL1(difference: number, sigma = 1): number {
  const [d, beta] = [Math.abs(difference), 1 / sigma ** 2]
  return d < beta ? (0.5 * d * d) / beta : d - 0.5 * beta
}

/** Targets of the hinge losses are −1 and 1; one-hot 0 counts as −1. */
const side = (t: number): number => (t > 0 ? 1 : -1)

/** Weston and Watkins, 1999: Σ over the wrong classes of max(0, yᵢ − y_true + 1). */
const categoricalHinge: Loss = {
  label: 'Multi-class hinge',
  logitsOf: null,
  classes: true,
  sample(y, t, from, n, g) {
    let truth = from
    for (let i = from; i < from + n; i++) if ((t[i] as number) > (t[truth] as number)) truth = i
    let [loss, active] = [0, 0]
    for (let i = from; i < from + n; i++) {
      const margin = (y[i] as number) - (y[truth] as number) + 1
      const counts = i !== truth && margin > 0
      if (counts) {
        loss += margin
        active++
      }
      if (g) g[i] = counts ? 1 : 0
    }
    if (g) g[truth] = -active
    return loss
  },
}

const registry = {
  categoricalCrossentropy,
  binaryCrossentropy: elementwise(
    'Binary cross-entropy',
    true,
    (z, t) => softplus(z) - t * z,
    (z, t) => sigmoid(z) - t,
    'sigmoid',
  ),
  focal: elementwise('Focal loss', true, focal, focalSlope, 'sigmoid'),
  categoricalHinge,
  hinge: elementwise(
    'Hinge',
    true,
    (y, t) => Math.max(0, 1 - side(t) * y),
    (y, t) => (side(t) * y < 1 ? -side(t) : 0),
  ),
  squaredHinge: elementwise(
    'Squared hinge',
    true,
    (y, t) => Math.max(0, 1 - side(t) * y) ** 2,
    (y, t) => -2 * side(t) * Math.max(0, 1 - side(t) * y),
  ),
  meanSquaredError: elementwise(
    'Mean squared error',
    false,
    (y, t) => (y - t) ** 2,
    (y, t) => 2 * (y - t),
  ),
  meanAbsoluteError: elementwise(
    'Mean absolute error',
    false,
    (y, t) => Math.abs(y - t),
    (y, t) => Math.sign(y - t),
  ),
  huber: elementwise(
    'Huber',
    false,
    (y, t) => smoothL1(y - t),
    (y, t) => Math.max(-1, Math.min(1, y - t)),
  ),
  logCosh: elementwise(
    'Log-cosh',
    false,
    // log cosh d = |d| + log(1 + e^(−2|d|)) − log 2: does not overflow.
    (y, t) => Math.abs(y - t) + Math.log1p(Math.exp(-2 * Math.abs(y - t))) - Math.LN2,
    (y, t) => Math.tanh(y - t),
  ),
} as const satisfies Record<string, Loss>

export type LossType = keyof typeof registry
export const losses: Readonly<Record<LossType, Loss>> = registry
export const lossTypes = Object.keys(registry) as LossType[]

/**
 * Mean loss of a batch of `count` samples; writes the derivative in the outputs to `g`. `weights`: how much each sample counts; the sum
 * is divided by the number of samples all the same, as in Keras.
 */
export function batchLoss(
  loss: Loss,
  y: Floats,
  t: Floats,
  count: number,
  g: Floats | null,
  weights: Floats | null = null,
): number {
  const n = y.length / count
  let sum = 0
  for (let i = 0; i < count; i++) {
    const weight = weights?.[i] ?? 1
    sum += weight * loss.sample(y, t, i * n, n, g)
    if (g && weight !== 1) for (let k = i * n; k < (i + 1) * n; k++) g[k] = (g[k] as number) * weight
  }
  if (g) for (let i = 0; i < g.length; i++) g[i] = (g[i] as number) / count
  return sum / count
}
