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

/** Sutskever et al., 2013, in Keras's form: v ← μ·v − η·g, w ← w + v. */
const sgd: Update = {
  slots: ['velocity'],
  apply(w, g, [v = w], { learningRate, momentum }) {
    for (let i = 0; i < w.length; i++) {
      const next = momentum * (v[i] as number) - learningRate * (g[i] as number)
      v[i] = next
      w[i] = (w[i] as number) + next
    }
  },
}

/** Kingma and Ba, 2015: β₁ = 0.9, β₂ = 0.999, ε = 1e-7 as in Keras. */
const adam: Update = {
  slots: ['m', 'v'],
  apply(w, g, [m = w, v = w], { learningRate, step }) {
    const [b1, b2, epsilon] = [0.9, 0.999, 1e-7]
    const rate = (learningRate * Math.sqrt(1 - b2 ** step)) / (1 - b1 ** step)
    for (let i = 0; i < w.length; i++) {
      const gi = g[i] as number
      const mi = b1 * (m[i] as number) + (1 - b1) * gi
      const vi = b2 * (v[i] as number) + (1 - b2) * gi * gi
      m[i] = mi
      v[i] = vi
      w[i] = (w[i] as number) - (rate * mi) / (Math.sqrt(vi) + epsilon)
    }
  },
}

export const updates: Readonly<Record<OptimizerType, Update>> = { adam, sgd }
