import { bool, float } from './fields'
import type { WeightSpec } from './layer'

export const epsilonField = float({
  default: 0.001,
  min: 0,
  max: 1,
  open: true,
  help: 'Keeps the division away from zero.',
})
export const centerField = bool({ default: true, help: 'Learns the shift β.' })
export const scaleField = bool({ default: true, help: 'Learns the scale γ.' })

interface Affine {
  readonly center: boolean
  readonly scale: boolean
}

/** The learned scale γ and shift β. */
export const affineWeights = (shape: readonly (number | null)[], p: Affine): WeightSpec[] => [
  ...(p.scale ? [{ name: 'gamma', shape, trainable: true }] : []),
  ...(p.center ? [{ name: 'beta', shape, trainable: true }] : []),
]

/** Operations per element: subtract, multiply, and per learned vector one more. */
export const affineFlops = (p: Affine): number => 2 + (p.scale ? 1 : 0) + (p.center ? 1 : 0)
