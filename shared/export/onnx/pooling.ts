import type { PoolParams } from '../../pooling'
import { paddingOf } from '../../windows'
import { padsOf } from './convolution'
import type { OnnxGraph, Value } from './graph'

/** Padding never counts: it is −∞ for max and left out of the mean; overhanging windows of ceil mode are padding, too. */
export function poolOnnx(
  g: OnnxGraph,
  op: 'MaxPool' | 'AveragePool',
  x: Value,
  p: PoolParams,
  y: readonly number[],
): Value {
  const window = {
    kernel: p.poolSize,
    strides: p.strides,
    padding: p.padding,
    ceil: p.ceilMode && p.padding !== 'same',
  }
  const name = g.op(op, [g.first(x).name], {
    kernel_shape: p.poolSize,
    strides: p.strides,
    pads: padsOf(paddingOf(x.shape.slice(0, -1), window)),
  })
  return { name, shape: y, layout: 'first' }
}

/** One number per channel. */
export function globalPoolOnnx(
  g: OnnxGraph,
  op: 'GlobalMaxPool' | 'GlobalAveragePool',
  x: Value,
  y: readonly number[],
): Value {
  const pooled = g.op(op, [g.first(x).name])
  return { name: g.op('Reshape', [pooled, g.ints([0, ...y])]), shape: y, layout: 'last' }
}
