import type * as tf from '@tensorflow/tfjs'

/**
 * Marks built layers as not trainable. A frozen batch normalization also stops to look at the batch and to follow it: it uses its moving
 * statistics and leaves them as they are, as in Keras. Dropout and noise have no weights, and go on.
 */
export function freeze(layers: readonly tf.layers.Layer[]): void {
  for (const layer of layers) {
    if (layer.weights.length === 0) continue
    layer.trainable = false
    if (layer.getClassName() !== 'BatchNormalization') continue
    const call = layer.call.bind(layer)
    layer.call = (inputs, settings) => call(inputs, { ...settings, training: false })
  }
}
