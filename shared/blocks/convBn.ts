import type { Activation } from '../activations'
import type { Builder, Wire } from '../graph/builder'

export interface ConvBn {
  readonly filters: number
  readonly kernel: number | readonly [number, number]
  readonly strides?: number
  /** Left out: half the kernel on each side, which keeps the size at stride 1. */
  readonly padding?: 'same' | 'valid' | number
  readonly groups?: number
  readonly batchNorm?: boolean
  /** With batch normalization, whether the convolution keeps its bias all the same, as VGG's and Keras's ResNets do. */
  readonly bias?: boolean
  /** Whether the batch normalization learns γ. */
  readonly scale?: boolean
  readonly activation?: Activation
}

/**
 * A convolution, its batch normalization and its activation, named after the convolution (`conv1`, `conv1 bn`, `conv1 relu`). Without
 * batch normalization the activation is the convolution's own.
 */
export function convBn(b: Builder, x: Wire, name: string, c: ConvBn): Wire {
  const [kh, kw] = typeof c.kernel === 'number' ? [c.kernel, c.kernel] : c.kernel
  const { batchNorm = true, activation = 'linear', strides = 1 } = c
  const conv = b.layer(
    'conv2d',
    {
      filters: c.filters,
      kernelSize: [kh, kw],
      strides: [strides, strides],
      padding: typeof c.padding === 'string' ? c.padding : around(c.padding ?? [(kh - 1) / 2, (kw - 1) / 2]),
      groups: c.groups ?? 1,
      useBias: !batchNorm || (c.bias ?? false),
      activation: batchNorm ? 'linear' : activation,
    },
    x,
    { name },
  )
  return batchNorm ? normAct(b, conv, name, activation, c.scale) : conv
}

/** Batch normalization and activation of the convolution `name`. */
export function normAct(b: Builder, x: Wire, name: string, activation: Activation, scale = true): Wire {
  const normed = b.layer('batchNorm', { scale }, x, { name: `${name} bn` })
  return activation === 'linear'
    ? normed
    : b.layer('activation', { function: activation }, normed, { name: `${name} ${activation}` })
}

const around = (p: number | readonly [number, number]): readonly number[] => {
  const [v, h] = typeof p === 'number' ? [p, p] : p
  return [v, v, h, h]
}
