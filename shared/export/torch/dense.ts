import type { Activation } from '../../activations'
import { torchActivation } from './activations'
import type { TorchGraph, TorchValue } from './graph'
import { biasOf, permuted, reordered } from './weights'

/** nn.Linear over the last axis. Behind a flattened map its columns come in PyTorch's order. */
export function denseTorch(
  g: TorchGraph,
  input: TorchValue,
  { activation, units }: { readonly activation: Activation; readonly units: number },
  shape: readonly number[],
): TorchValue {
  const x = input.shape.length === 1 ? input : g.last(input)
  const features = x.shape.at(-1) ?? 1
  const weight = g.weight('kernel', 'weight', [units, features], (values, from) =>
    permuted([1, 0])(reordered(x.order, units)(values, from), from),
  )
  const args = [
    { name: 'in_features', value: features, positional: true },
    { name: 'out_features', value: units, positional: true },
    { name: 'bias', value: g.has('bias'), default: true },
  ]
  const module = { type: 'nn.Linear', args, weights: [...weight, ...biasOf(g)] }
  return torchActivation(g, activation, g.module(x, module, { shape, layout: 'last' }))
}
