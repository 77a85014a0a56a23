import * as tf from '@tensorflow/tfjs'
import type { CustomArgs } from '#shared/tfjs'
import { CustomLayer, only } from './customLayer'
import { draw } from './draw'

type Args = CustomArgs['activationFunction']

/** Xu et al., 2015: slopes are drawn from here while training; else their mean is taken. */
const [LOW, HIGH] = [1 / 8, 1 / 3]

const functions: Readonly<Record<Args['function'], (x: tf.Tensor, training: boolean) => tf.Tensor>> = {
  step: (x) => tf.step(x),
  hardSwish: (x) => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
  logSoftmax: (x) => tf.logSoftmax(x),
  rrelu: (x, training) => {
    const slope = training ? draw.uniform(x.shape, LOW, HIGH) : tf.scalar((LOW + HIGH) / 2)
    return tf.sub(tf.relu(x), tf.mul(slope, tf.relu(tf.neg(x))))
  },
}

/** Functions of one tensor that tfjs has no activation for. */
export class ActivationFunction extends CustomLayer<Args> {
  static className = 'ActivationFunction'

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean } = {}): tf.Tensor {
    return tf.tidy(() => functions[this.args.function](only(inputs), kwargs.training ?? false))
  }
}
