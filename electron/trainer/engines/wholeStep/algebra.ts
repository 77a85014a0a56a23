import * as tf from '@tensorflow/tfjs'
import type { RowAlgebra } from '#shared/training/slopes'

/** The formulas of training as operators of tfjs. */
export const tensors: RowAlgebra<tf.Tensor> = {
  number: (value) => tf.scalar(value),
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  maximum: (a, b) => tf.maximum(a, b),
  minimum: (a, b) => tf.minimum(a, b),
  sqrt: (a) => tf.sqrt(a),
  abs: (a) => tf.abs(a),
  sign: (a) => tf.sign(a),
  sum: (a) => tf.sum(a),
  exp: (a) => tf.exp(a),
  tanh: (a) => tf.tanh(a),
  sigmoid: (a) => tf.sigmoid(a),
  softplus: (a) => tf.softplus(a),
  positive: (a) => tf.cast(tf.greater(a, 0), 'float32'),
  softmax: (a) => tf.softmax(a),
  rowSum: (a) => tf.sum(a, 1, true),
  rowMax: (a) => tf.max(a, 1, true),
}
