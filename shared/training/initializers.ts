import type { Random } from './random'

/** Inputs and outputs of one unit, as Glorot counts them. `depthwise`: each input channel has its own kernel. */
export function fans(shape: readonly number[], depthwise = false): { readonly in: number; readonly out: number } {
  const last = shape.at(-1) ?? 1
  const before = shape.length > 1 ? (shape.at(-2) ?? 1) : 1
  const field = shape.slice(0, -2).reduce((a, b) => a * b, 1)
  return depthwise ? { in: field, out: field * last } : { in: field * before, out: field * last }
}

/** Glorot and Bengio, 2010: uniform within ±√(6 / (in + out)). */
export function glorotUniform(shape: readonly number[], random: Random, depthwise = false): Float32Array {
  const fan = fans(shape, depthwise)
  const limit = Math.sqrt(6 / (fan.in + fan.out))
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
  for (let i = 0; i < values.length; i++) values[i] = random.uniform(-limit, limit)
  return values
}
