import type { Activation } from '../../activations'
import type { WindowParams } from '../../convolution'
import { paddingOf } from '../../windows'
import { onnxActivations } from './activations'
import type { OnnxGraph, Value } from './graph'
import type { WeightLayout } from './weightLayout'

/** ONNX lists all amounts before, then all after; here they are in pairs per axis. */
export const padsOf = (pairs: readonly number[]): number[] => [
  ...pairs.filter((_, i) => i % 2 === 0),
  ...pairs.filter((_, i) => i % 2 === 1),
]

interface Conv extends WindowParams {
  readonly group: number
  readonly weight: string
  readonly bias: string | null
}

/** Conv over one, two or three axes: channels first, explicit padding. `channels` are those of the result. */
export function onnxConv(g: OnnxGraph, x: Value, p: Conv, out: readonly number[]): Value {
  const spatial = x.shape.slice(0, -1)
  const window = { kernel: p.kernelSize, strides: p.strides, dilation: p.dilationRate, padding: p.padding }
  const name = g.op('Conv', [g.first(x).name, p.weight, ...(p.bias === null ? [] : [p.bias])], {
    kernel_shape: p.kernelSize,
    strides: p.strides,
    dilations: p.dilationRate,
    pads: padsOf(paddingOf(spatial, window)),
    group: p.group,
  })
  return { name, shape: out, layout: 'first' }
}

/** A kernel of `[...size, in, out]` as `[out, in, ...size]`. */
export const kernelFirst = (axes: number): WeightLayout => ({
  perm: [axes + 1, axes, ...Array.from({ length: axes }, (_, i) => i)],
})

interface ConvParams extends WindowParams {
  readonly groups: number
  readonly activation: Activation
}

/** A convolution layer with kernel, bias and activation. */
export function convOnnx(g: OnnxGraph, x: Value, p: ConvParams, y: readonly number[]): Value {
  const conv = {
    ...p,
    group: p.groups,
    weight: g.weight('kernel', kernelFirst(y.length - 1)),
    bias: g.optionalWeight('bias'),
  }
  return onnxActivations[p.activation](g, onnxConv(g, x, conv, y))
}

/** The depthwise kernel `[h, w, channels, multiplier]` as `[channels · multiplier, 1, h, w]`. */
export const depthwiseKernel = (g: OnnxGraph): string => {
  const [h = 1, w = 1, channels = 1, multiplier = 1] = g.weightShape('depthwiseKernel')
  return g.weight('depthwiseKernel', { perm: [2, 3, 0, 1], shape: [channels * multiplier, 1, h, w] })
}
