import * as tf from '@tensorflow/tfjs'
import { type InitializerType, initialValues } from '#shared/training/initializers'
import { createRandom } from '#shared/training/random'
import { defaultWeightSettings, roleOf } from '#shared/training/weightSettings'
import type { NamedWeight } from './compile'

/** The weights as training begins: from the seed, by the settings of their layers. */
export function initialize(weights: readonly NamedWeight[], seed: number): void {
  weights.forEach((weight, i) => {
    const rule = ruleOf(weight)
    if (!rule) return
    const { shape } = weight.variable
    const depthwise = /depthwise/i.test(weight.spec.name)
    const values = initialValues(rule.type, { shape, depthwise, scale: rule.scale }, createRandom(seed, 100 + i))
    tf.tidy(() => weight.variable.assign(tf.tensor(values, shape)))
  })
}

/** Null: as the layer itself begins it. Biases that begin as zeros do so by themselves. */
function ruleOf({ spec, settings: s }: NamedWeight): { readonly type: InitializerType; readonly scale: number } | null {
  switch (roleOf(spec)) {
    case 'kernel':
      return { type: s.kernelInitializer, scale: s.kernelInitializerScale }
    case 'recurrent':
      return { type: s.recurrentInitializer, scale: s.kernelInitializerScale }
    case 'bias':
      return s.biasInitializer === defaultWeightSettings.biasInitializer
        ? null
        : { type: s.biasInitializer, scale: s.biasInitializerScale }
    case 'other':
      return null
  }
}
