import * as tf from '@tensorflow/tfjs'

/** A network up to any of its tensors. One that is asked for twice is given twice, which a tfjs model does not do. */
export class Forward {
  private readonly network: tf.LayersModel
  private readonly places: readonly number[]

  constructor(
    inputs: readonly tf.SymbolicTensor[],
    readonly tensors: readonly tf.SymbolicTensor[],
  ) {
    const outputs = [...new Set(tensors)]
    this.network = tf.model({ inputs: [...inputs], outputs })
    this.places = tensors.map((t) => outputs.indexOf(t))
  }

  /** A tensor per one asked for. */
  apply(inputs: tf.Tensor[], training: boolean): tf.Tensor[] {
    const found = [this.network.apply(inputs, { training })].flat() as tf.Tensor[]
    return this.places.map((at) => found[at] as tf.Tensor)
  }
}
