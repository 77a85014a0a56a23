import * as tf from '@tensorflow/tfjs'
import type { CustomArgs } from '#shared/tfjs'
import { sequenceAtOnce } from './lstm'

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
  const both = tf.layers.bidirectional({ layer: inner[layer]() as tf.RNN, mergeMode, name })
  if (layer === 'lstm') {
    sequenceAtOnce(partOf(both, 'forwardLayer'), args)
    sequenceAtOnce(partOf(both, 'backwardLayer'), { ...args, goBackwards: true })
  }
  return both
}

/** One of the copies that the wrapper has made of its layer, which it keeps to itself. */
function partOf(both: tf.layers.Layer, name: string): tf.layers.Layer {
  const part: unknown = Reflect.get(both, name)
  if (!(part instanceof tf.layers.Layer)) throw new Error(`tfjs's Bidirectional has no ${name}.`)
  return part
}
