import { phrase } from '../../training/failurePhrases'
import type { Arg, TorchGraph, TorchValue } from './graph'

const share = (rate: number): readonly Arg[] => [{ name: 'p', value: rate, positional: true, default: 0.5 }]

export const dropoutTorch = (g: TorchGraph, x: TorchValue, rate: number): TorchValue =>
  g.module(x, { type: 'nn.Dropout', args: share(rate), weights: [] }, x)

/** Whole channels at a time. */
export function spatialDropoutTorch(g: TorchGraph, input: TorchValue, rate: number): TorchValue {
  const axes = input.shape.length - 1
  if (axes === 0) return dropoutTorch(g, input, rate)
  if (axes > 3) return g.cannot(phrase('torchDropoutAxes', {}), input.shape)
  const x = g.first(input)
  return g.module(x, { type: `nn.Dropout${axes}d`, args: share(rate), weights: [] }, x)
}

export const gaussianNoiseTorch = (g: TorchGraph, x: TorchValue, stddev: number): TorchValue =>
  g.module(x, { type: 'GaussianNoise', args: [{ name: 'std', value: stddev, positional: true }], weights: [] }, x)
