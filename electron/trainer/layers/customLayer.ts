import * as tf from '@tensorflow/tfjs'

/** What our layer classes share: arguments that survive saving, and access to a single input. */
export abstract class CustomLayer<A extends object> extends tf.layers.Layer {
  protected readonly args: A

  constructor(config: A & { readonly name?: string }) {
    super(config.name === undefined ? {} : { name: config.name })
    const { name: _, ...args } = config
    this.args = args as A
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.args }
  }
}

/** The input of a layer that takes one. */
export const only = (inputs: tf.Tensor | tf.Tensor[]): tf.Tensor => {
  const x = Array.isArray(inputs) ? inputs[0] : inputs
  if (!x) throw new Error('The layer was called without an input.')
  return x
}
