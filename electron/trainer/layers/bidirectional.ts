import * as tf from '@tensorflow/tfjs'
import type { CustomArgs } from '#shared/tfjs'

/** tfjs's own wrapper around its own layer, made from data. */
export function bidirectional({
  layer,
  mergeMode,
  name,
  ...args
}: CustomArgs['bidirectional'] & { readonly name: string }): tf.layers.Layer {
  const { recurrentActivation, ...plain } = args
  const inner = {
    simpleRNN: () => tf.layers.simpleRNN(plain),
    lstm: () => tf.layers.lstm({ ...plain, recurrentActivation }),
    gru: () => tf.layers.gru({ ...plain, recurrentActivation }),
  }
  return tf.layers.bidirectional({ layer: inner[layer]() as tf.RNN, mergeMode, name })
}
