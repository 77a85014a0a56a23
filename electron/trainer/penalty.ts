import * as tf from '@tensorflow/tfjs'
import type { MovedWeight } from './movedWeight'

interface Term {
  readonly variable: tf.Variable
  readonly l1: number
  readonly l2: number
}

/** What the regularisers of layers add to the loss: Σ l1 · |w| + l2 · w² over their weights that are trained, as in Keras. */
export class Penalty {
  private readonly terms: readonly Term[]

  constructor(trainable: readonly MovedWeight[]) {
    this.terms = trainable.flatMap(({ movement: { l1, l2 }, variable }) =>
      l1 > 0 || l2 > 0 ? [{ variable, l1, l2 }] : [],
    )
  }

  get isNone(): boolean {
    return this.terms.length === 0
  }

  /** At the weights as they are now; 0 without regularisers. */
  get value(): number {
    let total = 0
    for (const { variable, l1, l2 } of this.terms)
      for (const w of variable.dataSync()) total += l1 * Math.abs(w) + l2 * w * w
    return total
  }

  /** Gradients by the names of variables, with those of the penalty added to them. */
  addTo(grads: tf.NamedTensorMap): tf.NamedTensorMap {
    if (this.terms.length === 0) return grads
    const added = { ...grads }
    for (const { variable, l1, l2 } of this.terms) {
      const own = grads[variable.name]
      if (own) added[variable.name] = tf.addN([own, tf.mul(tf.sign(variable), l1), tf.mul(variable, 2 * l2)])
    }
    return added
  }
}
