import * as tf from '@tensorflow/tfjs'
import { glorotUniform } from '#shared/training/initializers'
import { createRandom } from '#shared/training/random'
import type { NamedWeight } from './compile'

/** Matrices and kernels: drawn at random at the start, and what weight decay is for. */
export const isKernel = (name: string): boolean => /kernel|embeddings/i.test(name)

/** Kernels by Glorot's rule, from the seed; the others (zeros, ones) as tfjs begins them. */
export function initialize(weights: readonly NamedWeight[], seed: number): void {
  weights.forEach(({ variable, spec }, i) => {
    if (!isKernel(spec.name)) return
    const values = glorotUniform(variable.shape, createRandom(seed, 100 + i), /depthwise/i.test(spec.name))
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)))
  })
}
