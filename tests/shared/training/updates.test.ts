import { expect, test } from 'vitest'
import { optimizerTypes } from '#shared/training/optimizers'
import { type UpdateSettings, updates } from '#shared/training/updates'

/** Descends f = θ² from θ = 1. */
function descend(type: keyof typeof updates, settings: Partial<UpdateSettings>, steps: number): number[] {
  const { apply, slots } = updates[type]
  const w = Float64Array.of(1)
  const state = slots.map(() => new Float64Array(1))
  return Array.from({ length: steps }, (_, i) => {
    apply(w, Float64Array.of(2 * (w[0] ?? 0)), state, { learningRate: 0.1, momentum: 0, ...settings, step: i + 1 })
    return w[0] ?? Number.NaN
  })
}

test('published steps on θ²', () => {
  expect(descend('sgd', {}, 1)[0]).toBeCloseTo(0.8, 12)
  const momentum = descend('sgd', { momentum: 0.9 }, 3)
  for (const [i, v] of [0.8, 0.46, 0.062].entries()) expect(momentum[i]).toBeCloseTo(v, 12)
  expect(descend('rmsprop', { learningRate: 0.001 }, 1)[0]).toBeCloseTo(0.9968377, 7)
  expect(descend('adam', { learningRate: 0.001 }, 1)[0]).toBeCloseTo(0.999, 7)
})

test('first steps that follow from the formulas', () => {
  // v = −.2, then θ + .9·v − .1·2
  expect(descend('nesterov', { momentum: 0.9 }, 1)[0]).toBeCloseTo(0.62, 12)
  // A first step of exactly the learning rate: g / √g².
  for (const type of ['adagrad', 'adamax', 'amsgrad'] as const) expect(descend(type, {}, 1)[0]).toBeCloseTo(0.9, 6)
  // (β₁·.1·g / (1 − β₁²) + .1·g / (1 − β₁)) / g
  expect(descend('nadam', {}, 1)[0]).toBeCloseTo(1 - 0.1 * ((0.9 * 0.1) / 0.19 + 1), 6)
  // √1e-7 / √(.05·4 + 1e-7) · 2
  expect(descend('adadelta', { learningRate: 1 }, 1)[0]).toBeCloseTo(
    1 - (Math.sqrt(1e-7) / Math.sqrt(0.2 + 1e-7)) * 2,
    10,
  )
  // Variance of a mean that began at 0: .1·4 − (.1·2)²
  expect(descend('rmspropCentered', { learningRate: 0.001 }, 1)[0]).toBeCloseTo(1 - 0.002 / 0.6, 6)
})

test.each(optimizerTypes)('%s descends', (type) => {
  const path = descend(type, { learningRate: type === 'adadelta' ? 1 : 0.01, momentum: 0.5 }, 500)
  expect(Math.abs(path.at(-1) ?? 1)).toBeLessThan(0.9)
  expect(path.every(Number.isFinite)).toBe(true)
})
