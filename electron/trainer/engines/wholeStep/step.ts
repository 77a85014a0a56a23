import * as tf from '@tensorflow/tfjs'
import { formulas } from '#shared/training/formulas'
import { takeStep } from '#shared/training/movement'
import { movedWeights } from '../../movedWeight'
import type { Task } from '../engine'
import { tensors } from './algebra'
import type { Found } from './pass'
import type { SlotTensors } from './slots'

/** The numbers of a step, to be fed. */
export interface Numbers {
  readonly rate: tf.Tensor
  readonly corrections: readonly tf.Tensor[]
}

export const numbersOf = ({ config }: Task, learningRate: number, step: number): Numbers => ({
  rate: tf.scalar(learningRate),
  corrections: formulas[config.optimizer].corrections(step).map((c) => tf.scalar(c)),
})

/** What comes of a step: by the names of weights. */
export interface Stepped {
  readonly weights: ReadonlyMap<string, tf.Tensor>
  readonly slots: SlotTensors
  /** With those of the regularisers. */
  readonly gradients: ReadonlyMap<string, tf.Tensor>
  readonly penalty: tf.Tensor
}

/** What the optimizer makes of the gradients, as operators of tfjs. */
export function step({ compiled, config }: Task, { gradients }: Found, slots: SlotTensors, numbers: Numbers): Stepped {
  const found = new Map(gradients.map(([weight, gradient]) => [weight.name, gradient]))
  const parts = movedWeights(compiled.weights, config).flatMap(({ movement, name, variable }) => {
    const gradient = found.get(name)
    return gradient ? [{ name, weight: variable as tf.Tensor, gradient, slots: slots.get(name) ?? [], movement }] : []
  })
  const done = takeStep(tensors, config, parts, numbers)
  const byName = <T>(values: readonly T[]) => new Map(parts.map(({ name }, i) => [name, values[i] as T] as const))
  return {
    weights: byName(done.moved.map((m) => m.weight)),
    slots: byName(done.moved.map((m) => m.slots)),
    gradients: byName(done.gradients),
    penalty: done.penalty ?? tf.scalar(0),
  }
}
