/**
 * What the formulas of training are computed with: numbers, arrays, tensors, or operators of a graph under construction. A number goes
 * with values of every shape, as in NumPy.
 */
export interface Algebra<T> {
  number(value: number): T
  add(a: T, b: T): T
  sub(a: T, b: T): T
  mul(a: T, b: T): T
  div(a: T, b: T): T
  maximum(a: T, b: T): T
  minimum(a: T, b: T): T
  sqrt(a: T): T
  abs(a: T): T
  /** −1, 0 or 1. */
  sign(a: T): T
  /** Of all elements; a number. */
  sum(a: T): T
}
