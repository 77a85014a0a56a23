import type { Activation } from '../../activations'
import type { WindowParams } from '../../convolution'
import { paddingOf } from '../../windows'
import { torchActivation } from './activations'
import type { Arg, Literal, TorchGraph, TorchValue, TorchWeight } from './graph'
import { biasOf, filtersFirst, permuted } from './weights'

/** A number where it is the same along every axis. */
export const alike = (sizes: readonly number[]): Literal =>
  sizes.every((n) => n === sizes[0]) ? (sizes[0] ?? 1) : sizes

/** Amounts before and after each axis, in pairs; PyTorch begins with the last axis. */
export const padText = (pairs: readonly number[]): string => {
  const axes = Array.from({ length: pairs.length / 2 }, (_, i) => pairs.slice(2 * i, 2 * i + 2))
  return `(${axes.reverse().flat().join(', ')})`
}

/** Zeros around a map, or, of negative amounts, what is left within; its channels come first then. */
export function pad(g: TorchGraph, input: TorchValue, pairs: readonly number[], value?: string): TorchValue {
  if (pairs.every((n) => n === 0)) return input
  const x = g.first(input)
  const amounts = padText(pairs)
  const shape = x.shape.map((n, i) => n + (pairs[2 * i] ?? 0) + (pairs[2 * i + 1] ?? 0))
  return value === undefined
    ? g.call(
        [x],
        ([v]) => `F.pad(${v}, ${amounts})`,
        { ...x, shape },
        { module: `nn.ZeroPad${pairs.length / 2}d(${amounts})` },
      )
    : g.call([x], ([v]) => `F.pad(${v}, ${amounts}, value=${value})`, { ...x, shape })
}

/** Padding that a layer can do itself: the same before and after each axis, for every use of it. */
export function ownPadding(g: TorchGraph, pairs: readonly number[]): readonly number[] | null {
  const before = pairs.filter((_, i) => i % 2 === 0)
  return !g.shared && before.every((n, i) => n === pairs[2 * i + 1]) ? before : null
}

interface Conv extends Omit<WindowParams, 'padding'>, Pick<WindowParams, 'padding'> {
  readonly groups: number
  readonly weights: readonly TorchWeight[]
  readonly hasBias: boolean
  /** nn.ConvNd, or a helper; its arguments before the usual ones. */
  readonly type?: string
  readonly first?: readonly Arg[]
}

/** nn.ConvNd over one, two or three axes. `out` is the shape that comes out. */
export function torchConv(g: TorchGraph, input: TorchValue, p: Conv, out: readonly number[], part = ''): TorchValue {
  const spatial = input.shape.slice(0, -1)
  const window = { kernel: p.kernelSize, strides: p.strides, dilation: p.dilationRate, padding: p.padding }
  const pairs = paddingOf(spatial, window)
  const own = ownPadding(g, pairs)
  const x = g.first(own ? input : pad(g, input, pairs))
  const args: Arg[] = [
    ...(p.first ?? [
      { name: 'in_channels', value: input.shape.at(-1) ?? 1, positional: true },
      { name: 'out_channels', value: out.at(-1) ?? 1, positional: true },
    ]),
    { name: 'kernel_size', value: alike(p.kernelSize), positional: true },
    { name: 'stride', value: alike(p.strides), default: 1 },
    { name: 'padding', value: alike(own ?? [0]), default: 0 },
    { name: 'dilation', value: alike(p.dilationRate), default: 1 },
    { name: 'groups', value: p.groups, default: 1 },
    { name: 'bias', value: p.hasBias, default: true },
  ]
  const type = p.type ?? `nn.Conv${spatial.length}d`
  return g.module(x, { type, args, weights: p.weights }, { shape: out, layout: 'first' }, { part })
}

interface ConvParams extends WindowParams {
  readonly groups: number
  readonly activation: Activation
}

/** A convolution layer with kernel, bias and activation. */
export function convTorch(g: TorchGraph, x: TorchValue, p: ConvParams, out: readonly number[]): TorchValue {
  const axes = out.length - 1
  const from = g.weightShape('kernel')
  const shape = [from.at(-1) ?? 1, from.at(-2) ?? 1, ...from.slice(0, axes)]
  const weights = [...g.weight('kernel', 'weight', shape, filtersFirst(axes)), ...biasOf(g)]
  return torchActivation(g, p.activation, torchConv(g, x, { ...p, weights, hasBias: g.has('bias') }, out))
}

/** The depthwise kernel `[h, w, channels, multiplier]` as `[channels · multiplier, 1, h, w]`. */
export function depthwiseWeight(g: TorchGraph): readonly TorchWeight[] {
  const [h = 1, w = 1, channels = 1, multiplier = 1] = g.weightShape('depthwiseKernel')
  return g.weight('depthwiseKernel', 'weight', [channels * multiplier, 1, h, w], permuted([2, 3, 0, 1]))
}
