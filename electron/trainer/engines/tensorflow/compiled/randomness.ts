import * as tf from '@tensorflow/tfjs'
import type { Draw } from '../../../layers/draw'
import { attribute, execute, type NodeBackend } from './binding'

/** A seed of a step, to be fed: two whole numbers from `Math.random`, and so from the seed of the run. */
export function seedTensor(): tf.Tensor {
  const part = () => Math.floor(Math.random() * 2 ** 31)
  return tf.tensor1d([part(), part()], 'int32')
}

/** Random numbers that TensorFlow draws: they follow from the seed and from how many tensors were drawn before. */
export function drawBySeed(backend: NodeBackend, seed: tf.Tensor): Draw {
  let drawn = 0
  const draw = (op: string, shape: readonly number[]): tf.Tensor => {
    const own = tf.add(seed, tf.tensor1d([0, drawn++], 'int32'))
    const attributes = [attribute.float32('dtype'), attribute.int32('T'), attribute.int32('Tseed')]
    return execute(backend, op, attributes, [tf.tensor1d([...shape], 'int32'), own])[0]
  }
  return {
    uniform: (shape, low, high) => tf.add(tf.mul(draw('StatelessRandomUniform', shape), high - low), low),
    normal: (shape, mean, deviation) => tf.add(tf.mul(draw('StatelessRandomNormal', shape), deviation), mean),
  }
}
