import * as tf from '@tensorflow/tfjs'
import type { TrainingConfig } from '#shared/training/config'
import { updates } from '#shared/training/updates'
import type { Engine, Slots } from './engines/engine'
import type { Arrays } from './model'
import type { MovedWeight } from './movedWeight'

const globalNorm = (gradients: readonly tf.Tensor[]): number =>
  Math.sqrt(gradients.reduce((sum, g) => sum + (tf.sum(tf.square(g)).dataSync()[0] ?? 0), 0))

const clipped = (grads: tf.NamedTensorMap, limit: number): tf.NamedTensorMap =>
  Object.fromEntries(Object.entries(grads).map(([name, g]) => [name, tf.clipByValue(g, -limit, limit)]))

/** What an optimizer remembers, as it begins: zeros. */
export const emptySlots = (weights: readonly MovedWeight[], { optimizer }: TrainingConfig): Slots =>
  new Map(
    weights.map(({ name, variable }) => [name, updates[optimizer].slots.map(() => new Float32Array(variable.size))]),
  )

/** Moves the weights by their gradients, and keeps what it must remember for that. */
export class Optimizer {
  /** Updates done. */
  step = 0

  /** `release` is called before slots are read or changed: where the engine has them, it brings them back. */
  constructor(
    private readonly weights: readonly MovedWeight[],
    private readonly engine: Engine,
    private readonly config: TrainingConfig,
    private readonly slots: Slots,
    private readonly release: () => void,
  ) {}

  /** Moves every weight once. Gradients go by the names of the variables; call it within `tf.tidy`. */
  update(found: tf.NamedTensorMap, learningRate: number): void {
    const { clipNorm, clipValue, momentum, optimizer } = this.config
    this.release()
    this.step++
    const grads = clipValue > 0 ? clipped(found, clipValue) : found
    const scale = clipNorm > 0 ? Math.min(1, clipNorm / globalNorm(Object.values(grads))) : 1
    for (const weight of this.weights) {
      const { movement, name, variable } = weight
      const rate = learningRate * movement.multiplier
      const settings = { learningRate: rate, momentum, step: this.step }
      const gradient = grads[variable.name]
      const slots = this.slots.get(name) ?? []
      const kept = 1 - rate * movement.decay
      if (gradient)
        this.engine.update(variable, gradient, (w, g) => {
          if (scale < 1) for (let i = 0; i < g.length; i++) g[i] = (g[i] as number) * scale
          if (kept < 1) for (let i = 0; i < w.length; i++) w[i] = (w[i] as number) * kept
          updates[optimizer].apply(w, g, slots, settings)
        })
    }
  }

  /** What it remembers, as `<weight>/<slot>`. */
  state(): Arrays {
    const names = updates[this.config.optimizer].slots
    this.release()
    return new Map(
      [...this.slots].flatMap(([weight, slots]) =>
        slots.map((values, i) => [`${weight}/${names[i]}`, { values, shape: [values.length] }] as const),
      ),
    )
  }

  /** Takes up what another has remembered; returns the names that did not fit. */
  setState(arrays: Arrays): readonly string[] {
    return [...this.state()].flatMap(([name, { values }]) => {
      const array = arrays.get(name)
      if (array?.values.length !== values.length) return [name]
      values.set(array.values)
      return []
    })
  }
}
