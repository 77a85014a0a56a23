import type { Activation } from '../../activations'
import { torchActivation } from './activations'
import { alike, pad } from './convolution'
import type { Arg, TorchGraph, TorchValue } from './graph'
import { biasOf, permuted } from './weights'

interface Params {
  readonly filters: number
  readonly kernelSize: readonly number[]
  readonly strides: readonly number[]
  readonly activation: Activation
  readonly useBias: boolean
  /** What is cut off before each axis. */
  readonly before: readonly number[]
}

/** nn.ConvTranspose2d; what it cannot cut off by itself is cut off behind it. `y` is the shape that comes out. */
export function transposedConvTorch(g: TorchGraph, input: TorchValue, p: Params, y: readonly number[]): TorchValue {
  const x = g.first(input)
  // What the kernel reaches beyond the result; below zero: what it does not reach, where there is the bias alone.
  const cut = p.before.map((before, a) => {
    const full = ((x.shape[a] ?? 1) - 1) * (p.strides[a] ?? 1) + (p.kernelSize[a] ?? 1)
    return [before, full - before - (y[a] ?? 1)] as const
  })
  const own = cut.map(([before, after]) => Math.max(Math.min(before, after), 0))
  const missing = cut.map(([, after]) => Math.max(-after, 0))
  const rest = cut.flatMap(([before, after], a) => [before - (own[a] ?? 0), Math.max(after, 0) - (own[a] ?? 0)])
  const channels = x.shape.at(-1) ?? 1
  const args: readonly Arg[] = [
    { name: 'in_channels', value: channels, positional: true },
    { name: 'out_channels', value: p.filters, positional: true },
    { name: 'kernel_size', value: alike(p.kernelSize), positional: true },
    { name: 'stride', value: alike(p.strides), default: 1 },
    { name: 'padding', value: alike(own), default: 0 },
    { name: 'output_padding', value: alike(missing), default: 0 },
    { name: 'bias', value: p.useBias, default: true },
  ]
  const weight = g.weight('kernel', 'weight', [channels, p.filters, ...p.kernelSize], permuted([3, 2, 0, 1]))
  const painted = y.map((n, i) => n + (rest[2 * i] ?? 0) + (rest[2 * i + 1] ?? 0))
  const module = { type: 'nn.ConvTranspose2d', args, weights: [...weight, ...biasOf(g)] }
  const full = g.module(x, module, { shape: painted, layout: 'first' })
  const cuts = rest.map((n) => -n)
  return torchActivation(g, p.activation, pad(g, full, cuts))
}
