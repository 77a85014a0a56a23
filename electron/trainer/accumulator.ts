import * as tf from '@tensorflow/tfjs'

/** Sums gradients over the batches of one step. */
export class Accumulator {
  private readonly held = new Map<string, tf.Tensor>()

  /** Keeps gradients, times the share that their batch has in the step. */
  hold(grads: tf.NamedTensorMap, share: number): void {
    for (const [name, gradient] of Object.entries(grads)) {
      const before = this.held.get(name)
      const part = tf.mul(gradient, share)
      this.held.set(name, tf.keep(before ? tf.add(before, part) : part))
      before?.dispose()
    }
  }

  /** The sum of what was held and these, and holds no more. Without anything held, and the whole share, these as they are. */
  take(grads: tf.NamedTensorMap, share: number): tf.NamedTensorMap {
    if (this.held.size === 0 && share === 1) return grads
    this.hold(grads, share)
    const sums = Object.fromEntries([...this.held].map(([name, sum]) => [name, tf.clone(sum)]))
    this.dispose()
    return sums
  }

  dispose(): void {
    for (const sum of this.held.values()) sum.dispose()
    this.held.clear()
  }
}
