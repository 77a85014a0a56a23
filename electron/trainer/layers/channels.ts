import * as tf from '@tensorflow/tfjs'
import type { CustomArgs } from '#shared/tfjs'
import { CustomLayer, only } from './customLayer'
import { draw } from './draw'

/** Concatenated ReLU, Shang et al., 2016: [ReLU(x), ReLU(−x)] along the last axis. */
export class CReLU extends CustomLayer<object> {
  static className = 'CReLU'

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [...inputShape.slice(0, -1), 2 * (inputShape.at(-1) ?? 0)]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.relu(tf.concat([only(inputs), tf.neg(only(inputs))], -1)))
  }
}

/** Goodfellow et al., 2013: the largest of each group of neighbouring channels. */
export class Maxout extends CustomLayer<CustomArgs['maxout']> {
  static className = 'Maxout'

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [...inputShape.slice(0, -1), this.args.units]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs)
      const { units } = this.args
      const size = (x.shape.at(-1) ?? 0) / units
      return tf.max(tf.reshape(x, [...x.shape.slice(0, -1), units, size]), -1)
    })
  }
}

/** Dropout of whole channels, Tompson et al., 2015: the same mask at every position. */
export class SpatialDropout extends CustomLayer<CustomArgs['spatialDropout']> {
  static className = 'SpatialDropout'

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean } = {}): tf.Tensor {
    return tf.tidy(() => {
      const x = only(inputs)
      if (!kwargs.training || this.args.rate === 0) return tf.clone(x)
      const shape = x.shape.map((n, i) => (i === 0 || i === x.rank - 1 ? n : 1))
      const kept = tf.greaterEqual(draw.uniform(shape, 0, 1), this.args.rate)
      return tf.div(tf.mul(x, tf.cast(kept, 'float32')), 1 - this.args.rate)
    })
  }
}

/** The first input minus the second. */
export class Subtract extends CustomLayer<object> {
  static className = 'Subtract'

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return inputShape[0] as tf.Shape
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [a, b] = inputs as [tf.Tensor, tf.Tensor]
    return tf.sub(a, b)
  }
}
