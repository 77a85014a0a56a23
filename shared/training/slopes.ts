import type { Algebra } from './algebra'
import type { LossType } from './losses'

/** What the derivatives of losses are computed with besides; values are tables of a row per sample. */
export interface RowAlgebra<T> extends Algebra<T> {
  exp(a: T): T
  tanh(a: T): T
  sigmoid(a: T): T
  /** log(1 + eᵃ). */
  softplus(a: T): T
  /** 1 where a number is above 0, else 0. */
  positive(a: T): T
  /** Of each row. */
  softmax(a: T): T
  /** Of each row, as a table of one column. */
  rowSum(a: T): T
  rowMax(a: T): T
}

/** The derivative of a loss of `losses.ts` in the `n` outputs of each sample, for engines that compute a step as a whole. */
export type Slope = <T>(a: RowAlgebra<T>, y: T, t: T, n: number) => T

/** Of a loss that is a mean over the outputs. */
const mean =
  (derivative: <T>(a: RowAlgebra<T>, y: T, t: T) => T): Slope =>
  (a, y, t, n) =>
    a.mul(derivative(a, y, t), a.number(1 / n))
/** −1 and 1 for targets of 0 and 1. */
const side = <T>(a: RowAlgebra<T>, t: T): T => a.sub(a.mul(a.positive(t), a.number(2)), a.number(1))
/** 1 − side · y. */
const rest = <T>(a: RowAlgebra<T>, s: T, y: T): T => a.sub(a.number(1), a.mul(s, y))

/** A test holds them equal to those of `losses.ts`. */
export const slopes: Readonly<Record<LossType, Slope>> = {
  categoricalCrossentropy: (a, y, t) => a.sub(a.mul(a.softmax(y), a.rowSum(t)), t),
  binaryCrossentropy: mean((a, y, t) => a.sub(a.sigmoid(y), t)),
  // sign · α · (1 − p)² · (2 · p · log p − (1 − p)), p the probability of what is true.
  focal: mean((a, y, t) => {
    const sign = side(a, a.sub(t, a.number(0.5)))
    const log = a.sub(a.number(0), a.softplus(a.sub(a.number(0), a.mul(sign, y))))
    const p = a.exp(log)
    const other = a.sub(a.number(1), p)
    const alpha = a.sub(a.number(0.5), a.mul(sign, a.number(0.25)))
    const inner = a.sub(a.mul(a.mul(p, log), a.number(2)), other)
    return a.mul(a.mul(sign, alpha), a.mul(a.mul(other, other), inner))
  }),
  // 1 for every wrong class within the margin of the true one, which gets minus their number.
  categoricalHinge: (a, y, t) => {
    const truth = a.sub(a.number(1), a.positive(a.sub(a.rowMax(t), t)))
    const over = a.add(a.sub(y, a.rowSum(a.mul(y, truth))), a.number(1))
    const active = a.mul(a.positive(over), a.sub(a.number(1), truth))
    return a.sub(active, a.mul(truth, a.rowSum(active)))
  },
  hinge: mean((a, y, t) => {
    const s = side(a, t)
    return a.sub(a.number(0), a.mul(s, a.positive(rest(a, s, y))))
  }),
  squaredHinge: mean((a, y, t) => {
    const s = side(a, t)
    return a.mul(a.mul(s, a.maximum(rest(a, s, y), a.number(0))), a.number(-2))
  }),
  meanSquaredError: mean((a, y, t) => a.mul(a.sub(y, t), a.number(2))),
  meanAbsoluteError: mean((a, y, t) => a.sign(a.sub(y, t))),
  huber: mean((a, y, t) => a.minimum(a.maximum(a.sub(y, t), a.number(-1)), a.number(1))),
  logCosh: mean((a, y, t) => a.tanh(a.sub(y, t))),
}
