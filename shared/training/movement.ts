import type { Algebra } from './algebra'
import type { TrainingConfig } from './config'
import { formulas, type Moved } from './formulas'
import type { WeightRole, WeightSettings } from './weightSettings'

/** What there is to a weight's step beside the optimizer. */
export interface Movement {
  /** Of the regularisers: l1 · |w| + l2 · w² is part of the loss. */
  readonly l1: number
  readonly l2: number
  /** Of the learning rate. */
  readonly multiplier: number
  /** Share of the weight that is taken off per unit of learning rate: of matrices and kernels. */
  readonly decay: number
}

export function movementOf(role: WeightRole, s: WeightSettings, { weightDecay }: TrainingConfig): Movement {
  const multiplier = s.learningRateMultiplier
  switch (role) {
    case 'kernel':
    case 'recurrent':
      return { l1: s.kernelL1, l2: s.kernelL2, multiplier, decay: weightDecay }
    case 'bias':
      return { l1: s.biasL1, l2: s.biasL2, multiplier, decay: 0 }
    case 'other':
      return { l1: 0, l2: 0, multiplier, decay: 0 }
  }
}

/** A weight that has a gradient. */
export interface Part<T> {
  readonly weight: T
  readonly gradient: T
  readonly slots: readonly T[]
  readonly movement: Movement
}

/** The numbers that differ from step to step: the learning rate, and the optimizer's `corrections`. */
export interface StepNumbers<T> {
  readonly rate: T
  readonly corrections: readonly T[]
}

/** What comes of a step, in the order of the parts. */
export interface Step<T> {
  readonly moved: readonly Moved<T>[]
  /** With those of the regularisers, before they are cut or scaled. */
  readonly gradients: readonly T[]
  /** What the regularisers add to the loss, at the weights before the step; null without any. */
  readonly penalty: T | null
}

/** From gradients to weights, for engines that compute a step as a whole: regularise, cut by value, scale by norm, decay, update. */
export function takeStep<T>(
  a: Algebra<T>,
  config: TrainingConfig,
  parts: readonly Part<T>[],
  numbers: StepNumbers<T>,
): Step<T> {
  const { clipNorm, clipValue, momentum, optimizer } = config
  const gradients = parts.map((part) => regularised(a, part))
  const cut = clipValue > 0 ? gradients.map((g) => between(a, g, clipValue)) : gradients
  const scaled = clipNorm > 0 ? shortened(a, cut, clipNorm) : cut
  const moved = parts.map(({ movement, slots, weight }, i) => {
    const { decay, multiplier } = movement
    const rate = multiplier === 1 ? numbers.rate : a.mul(numbers.rate, a.number(multiplier))
    const kept = decay === 0 ? weight : a.mul(weight, a.sub(a.number(1), a.mul(rate, a.number(decay))))
    const gradient = scaled[i] as T
    return formulas[optimizer].apply(a, {
      weight: kept,
      gradient,
      slots,
      rate,
      momentum,
      corrections: numbers.corrections,
    })
  })
  const terms = parts.flatMap((part) => penalties(a, part))
  return { moved, gradients, penalty: terms.length > 0 ? terms.reduce((sum, term) => a.add(sum, term)) : null }
}

function regularised<T>(a: Algebra<T>, { gradient, movement: { l1, l2 }, weight }: Part<T>): T {
  const first = l1 > 0 ? a.add(gradient, a.mul(a.sign(weight), a.number(l1))) : gradient
  return l2 > 0 ? a.add(first, a.mul(weight, a.number(2 * l2))) : first
}

const penalties = <T>(a: Algebra<T>, { movement: { l1, l2 }, weight }: Part<T>): readonly T[] => [
  ...(l1 > 0 ? [a.mul(a.sum(a.abs(weight)), a.number(l1))] : []),
  ...(l2 > 0 ? [a.mul(a.sum(a.mul(weight, weight)), a.number(l2))] : []),
]

const between = <T>(a: Algebra<T>, g: T, limit: number): T => a.maximum(a.minimum(g, a.number(limit)), a.number(-limit))

/** Scaled down where the norm of all together is larger than `limit`. */
function shortened<T>(a: Algebra<T>, gradients: readonly T[], limit: number): readonly T[] {
  const squares = gradients.map((g) => a.sum(a.mul(g, g))).reduce((sum, s) => a.add(sum, s), a.number(0))
  const scale = a.minimum(a.number(1), a.div(a.number(limit), a.sqrt(squares)))
  return gradients.map((g) => a.mul(g, scale))
}
