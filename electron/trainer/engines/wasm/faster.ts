import * as tf from '@tensorflow/tfjs'
import { averagePoolGradient, pooling2d } from '../pooling'
import * as arrays from './arrays'
import { onHeap } from './heap'
import { type Attrs, asTensor, type Compute, register, wrap } from './registry'
import { tile } from './tile'

type Pair = number | [number, number]

/** Replaces kernels that the backend has, but that would take most of the time of a training step. */
export function registerFasterKernels(): void {
  register(tf.Tile, ({ x }, attrs, backend) => tile(x as tf.Tensor, attrs.reps as number[], backend))
  register(tf.AvgPoolGrad, ({ dy, input }, attrs, backend) => {
    const [x, size] = [input as tf.Tensor4D, attrs.filterSize as Pair]
    const pad = attrs.pad as 'same' | 'valid' | number
    const info = tf.backend_util.computePool2DInfo(x.shape, size, attrs.strides as Pair, 1, pad)
    return onHeap(backend, x.shape, [dy as tf.Tensor], (dx, from) => averagePoolGradient(from, dx, pooling2d(info)))
  })
  const floats = (name: string, compute: Compute) =>
    wrap(name, (own) => (inputs, attrs, backend) => {
      const x = inputs.x as tf.Tensor
      return (x.dtype === 'float32' ? compute : own)(inputs, attrs, backend)
    })
  floats(tf.Tanh, ({ x }, _, backend) =>
    onHeap(backend, (x as tf.Tensor).shape, [x as tf.Tensor], (y, values) => arrays.tanh(values, y)),
  )
  floats(tf.Transpose, ({ x }, { perm }, backend) => {
    const [t, order] = [x as tf.Tensor, perm as number[]]
    const shape = order.map((axis) => t.shape[axis] ?? 1)
    return onHeap(backend, shape, [t], (y, values) => arrays.transpose(values, y, t.shape, order))
  })
  floats(tf.PadV2, ({ x }, attrs, backend) => {
    const [t, paddings] = [x as tf.Tensor, attrs.paddings as [number, number][]]
    const shape = t.shape.map((n, i) => n + (paddings[i]?.[0] ?? 0) + (paddings[i]?.[1] ?? 0))
    const value = attrs.constantValue as number
    return onHeap(backend, shape, [t], (y, values) => arrays.pad(values, y, t.shape, paddings, value))
  })
  wrap(tf.Sum, (own) => leadingSums(own, () => 1))
  wrap(tf.Mean, (own) => leadingSums(own, (summed) => 1 / summed))
  for (const name of [tf.BatchMatMul, tf._FusedMatMul]) wrap(name, transposeBefore)
}

/** Sums over the first axes: what the gradients of biases and batch normalization are made of. */
const leadingSums =
  (own: Compute, factor: (summed: number) => number): Compute =>
  (inputs, attrs, backend) => {
    const x = inputs.x as tf.Tensor
    const axes = tf.util.parseAxisParam(attrs.axis as number | number[], x.shape).sort((a, b) => a - b)
    const leading = axes.length > 0 && axes.length < x.rank && axes.every((axis, i) => axis === i)
    if (!leading || x.dtype !== 'float32' || x.size === 0) return own(inputs, attrs, backend)
    const rest = x.shape.slice(axes.length)
    const shape = attrs.keepDims ? [...axes.map(() => 1), ...rest] : rest
    const width = rest.reduce((a, b) => a * b, 1)
    return onHeap(backend, shape, [x], (y, values) => arrays.sumColumns(values, y, factor(x.size / width)))
  }

/** The backend multiplies fast only what needs no transposing: it is done before. */
const transposeBefore =
  (own: Compute): Compute =>
  (inputs, attrs, backend) => {
    const { transposeA, transposeB } = attrs as Attrs & { transposeA?: boolean; transposeB?: boolean }
    if (!transposeA && !transposeB) return own(inputs, attrs, backend)
    return tf.tidy(() => {
      const turn = (t: tf.Tensor) => tf.transpose(t, [...t.shape.slice(2).map((_, i) => i), t.rank - 1, t.rank - 2])
      const [a, b] = [inputs.a as tf.Tensor, inputs.b as tf.Tensor]
      const turned = { ...inputs, a: transposeA ? turn(a) : a, b: transposeB ? turn(b) : b }
      return asTensor(own(turned, { ...attrs, transposeA: false, transposeB: false }, backend), backend)
    })
  }
