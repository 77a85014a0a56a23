import { expect, test } from 'vitest'
import type { Algebra } from '#shared/training/algebra'
import { formulas } from '#shared/training/formulas'
import { optimizerTypes } from '#shared/training/optimizers'
import { updates } from '#shared/training/updates'

const numbers: Algebra<number> = {
  number: (v) => v,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  sum: (a) => a,
}

test.each(optimizerTypes)('%s: the formula takes the steps of the loop', (type) => {
  const { apply, slots } = updates[type]
  const [learningRate, momentum] = [0.05, 0.8]
  const w = Float64Array.of(1.3)
  const arrays = slots.map(() => new Float64Array(1))
  let moved = { weight: 1.3, slots: slots.map(() => 0) as readonly number[] }
  for (let step = 1; step <= 40; step++) {
    const gradient = 2 * (w[0] ?? 0) + Math.cos(step)
    apply(w, Float64Array.of(gradient), arrays, { learningRate, momentum, step })
    const corrections = formulas[type].corrections(step)
    moved = formulas[type].apply(numbers, { ...moved, gradient, rate: learningRate, momentum, corrections })
    expect(moved.weight).toBeCloseTo(w[0] ?? Number.NaN, 12)
    moved.slots.forEach((slot, i) => {
      expect(slot).toBeCloseTo(arrays[i]?.[0] ?? Number.NaN, 12)
    })
  }
})
