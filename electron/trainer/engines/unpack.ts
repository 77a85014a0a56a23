import * as tf from '@tensorflow/tfjs'

let done = false

/** tfjs hands over the gradient of a single piece bare, where its own Unpack wants a list: no recurrent layer could learn from one step. */
export function supportSinglePieces(): void {
  if (done) return
  done = true
  const own = tf.getGradient(tf.Unpack)
  tf.unregisterGradient(tf.Unpack)
  tf.registerGradient({
    ...own,
    gradFunc: (dy, saved, attrs) => own.gradFunc(Array.isArray(dy) ? dy : [dy], saved, attrs),
  })
}
