import * as tf from '@tensorflow/tfjs'

/** Where layers take random numbers from. */
export interface Draw {
  uniform(shape: number[], low: number, high: number): tf.Tensor
  normal(shape: number[], mean: number, deviation: number): tf.Tensor
}

/** From tfjs, which takes them from `Math.random`. */
export const ownDraws: Draw = {
  uniform: (shape, low, high) => tf.randomUniform(shape, low, high),
  normal: (shape, mean, deviation) => tf.randomNormal(shape, mean, deviation),
}
let current = ownDraws

export const draw: Draw = {
  uniform: (...args) => current.uniform(...args),
  normal: (...args) => current.normal(...args),
}

/** While `f` runs, layers draw from elsewhere: an engine may have its own way to. */
export function drawingFrom<T>(source: Draw, f: () => T): T {
  current = source
  try {
    return f()
  } finally {
    current = ownDraws
  }
}
