import * as tf from '@tensorflow/tfjs'
import { only } from './customLayer'

/**
 * A kernel that some backends have: an LSTM with tanh and sigmoid over whole sequences. Its inputs are x of [n, steps, channels], kernel,
 * recurrent kernel and bias as Keras has them; its first output is the answers of all steps, [n, steps, units].
 */
export const LSTM = 'LstmSequence'

/**
 * Has an LSTM of tfjs computed by `LSTM` where there is one, else step by step as tfjs does. With `goBackwards` it reads from the last step to the
 * first, and its answers come in that order.
 */
export function sequenceAtOnce(layer: tf.layers.Layer, args: Readonly<Record<string, unknown>>): void {
  if (args.activation !== 'tanh' || args.recurrentActivation !== 'sigmoid') return
  const call = layer.call.bind(layer)
  layer.call = (inputs, settings) => {
    const x = only(inputs)
    if (x.dtype !== 'float32' || !tf.getKernel(LSTM, tf.getBackend())) return call(inputs, settings)
    return tf.tidy(() => {
      const [kernel, recurrent, bias] = layer.weights.map((w) => w.read())
      if (!kernel || !recurrent) throw new Error('An LSTM was called before it had its weights.')
      const given = {
        x: args.goBackwards === true ? tf.reverse(x, 1) : x,
        kernel,
        recurrent,
        bias: bias ?? tf.zeros([recurrent.shape[1] ?? 0]),
      }
      const [answers] = tf.engine().runKernel(LSTM, given, {}) as [tf.Tensor3D, ...tf.Tensor[]]
      if (args.returnSequences === true) return answers
      const [n, steps, units] = answers.shape
      return tf.reshape(tf.slice(answers, [0, steps - 1, 0], [n, 1, units]), [n, units])
    })
  }
}
