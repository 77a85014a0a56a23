import * as tf from '@tensorflow/tfjs'
import type { Draw } from '../../../layers/draw'
import type { NodeBackend } from './binding'

/** Kinds of attributes and types, by TensorFlow's numbers. */
const [TYPE, FLOAT, INT32] = [4, 1, 3]

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
    const ids = backend.getInputTensorIds([tf.tensor1d([...shape], 'int32'), own])
    const attributes = [
      { name: 'dtype', type: TYPE, value: FLOAT },
      { name: 'T', type: TYPE, value: INT32 },
      { name: 'Tseed', type: TYPE, value: INT32 },
    ]
    const [held] = backend.binding.executeOp(op, attributes, ids, 1)
    if (!held) throw new Error(`${op} gave nothing.`)
    return backend.createOutputTensor(held)
  }
  return {
    uniform: (shape, low, high) => tf.add(tf.mul(draw('StatelessRandomUniform', shape), high - low), low),
    normal: (shape, mean, deviation) => tf.add(tf.mul(draw('StatelessRandomNormal', shape), deviation), mean),
  }
}
