import { phrase } from '../../training/failurePhrases'
import type { Arg, Module, TorchGraph, TorchValue, TorchWeight } from './graph'
import type { HelperName } from './helpers'
import { reordered } from './weights'

const epsilonArg = (epsilon: number): Arg => ({ name: 'eps', value: epsilon, default: 1e-5 })

/** γ and β of a module that has both or neither; one that is not learned stays what it is. */
function affine(g: TorchGraph, shape: readonly number[], order: readonly number[] | null) {
  const [scale, shift] = [g.has('gamma'), g.has('beta')]
  const of = (name: string, path: string, fill: number): readonly TorchWeight[] =>
    g.has(name) ? g.weight(name, path, shape, reordered(order)) : [{ path, shape, from: fill }]
  const wraps: HelperName[] = [
    ...(scale ? [] : ['without_scale' as const]),
    ...(shift ? [] : ['without_shift' as const]),
  ]
  return scale || shift
    ? { learns: true, wraps, weights: [...of('gamma', 'weight', 1), ...of('beta', 'bias', 0)] }
    : { learns: false, wraps: [], weights: [] }
}

export function batchNormTorch(
  g: TorchGraph,
  input: TorchValue,
  p: { readonly axis: number; readonly momentum: number; readonly epsilon: number },
): TorchValue {
  const rank = input.shape.length
  if (rank > 4) return g.cannot(phrase('torchNormAxes', {}), input.shape)
  const axis = p.axis < 0 ? p.axis + rank : p.axis
  const x = axis === rank - 1 ? g.first(input) : g.last(input)
  const n = input.shape[axis] ?? 1
  const order = rank === 1 ? x.order : null
  const { learns, wraps, weights } = affine(g, [n], order)
  const statistic = (name: string, path: string) => g.weight(name, path, [n], reordered(order))
  const module: Module = {
    type: `nn.BatchNorm${Math.max(rank - 1, 1)}d`,
    args: [
      { name: 'num_features', value: n, positional: true },
      epsilonArg(p.epsilon),
      // PyTorch's momentum is the share of the new. Digits beyond those of the setting are rounding.
      { name: 'momentum', value: Number((1 - p.momentum).toPrecision(10)), default: 0.1 },
      { name: 'affine', value: learns, default: true },
    ],
    wraps,
    weights: [...weights, ...statistic('movingMean', 'running_mean'), ...statistic('movingVariance', 'running_var')],
  }
  const at = g.axis(x, axis)
  if (at === 1) return g.module(x, module, x)
  return g.module(x, module, x, { write: (self, v) => `${self}(${v}.movedim(${at}, 1)).movedim(1, ${at})` })
}

/** nn.LayerNorm goes over the last axes: others are brought there and back. */
export function layerNormTorch(
  g: TorchGraph,
  input: TorchValue,
  p: { readonly axis: readonly number[]; readonly epsilon: number },
): TorchValue {
  const rank = input.shape.length
  const x = rank === 1 ? input : g.last(input)
  const axes = [...new Set(p.axis.map((a) => (a < 0 ? a + rank : a)))].sort((a, b) => a - b)
  const shape = axes.map((a) => x.shape[a] ?? 1)
  const { learns, wraps, weights } = affine(g, shape, x.order)
  const shift = g.has('beta')
  const module: Module = {
    type: 'nn.LayerNorm',
    args: [
      { name: 'normalized_shape', value: shape.length === 1 ? (shape[0] ?? 1) : shape, positional: true },
      epsilonArg(p.epsilon),
      { name: 'elementwise_affine', value: learns, default: true },
      { name: 'bias', value: shift || !learns, default: true },
    ],
    wraps: wraps.filter((w) => w !== 'without_shift'),
    weights: weights.filter(({ path }) => path !== 'bias' || shift),
  }
  if (axes.every((a, i) => a === rank - axes.length + i)) return g.module(x, module, x)
  const rest = x.shape.map((_, i) => i).filter((i) => !axes.includes(i))
  const order = [...rest, ...axes].map((a) => a + 1)
  const back = [...rest, ...axes].map((_, i) => order.indexOf(i + 1) + 1)
  const write = (self: string, v: string) =>
    `${self}(${v}.permute(0, ${order.join(', ')})).permute(0, ${back.join(', ')})`
  return g.module(x, module, x, { write })
}

/** Over all positions and the channels of each group. */
export function groupNormTorch(
  g: TorchGraph,
  input: TorchValue,
  p: { readonly groups: number; readonly epsilon: number },
): TorchValue {
  const x = g.first(p.groups > 1 ? g.natural(input) : input)
  const n = x.shape.at(-1) ?? 1
  const { learns, wraps, weights } = affine(g, [n], x.order)
  const args: Arg[] = [
    { name: 'num_groups', value: p.groups, positional: true },
    { name: 'num_channels', value: n, positional: true },
    epsilonArg(p.epsilon),
    { name: 'affine', value: learns, default: true },
  ]
  return g.module(x, { type: 'nn.GroupNorm', args, wraps, weights }, x)
}

/** PyTorch divides alpha by the size of the window. */
export function lrnTorch(
  g: TorchGraph,
  input: TorchValue,
  p: { readonly depthRadius: number; readonly bias: number; readonly alpha: number; readonly beta: number },
): TorchValue {
  const x = g.first(g.natural(input))
  const size = 2 * p.depthRadius + 1
  const args: Arg[] = [
    { name: 'size', value: size, positional: true },
    { name: 'alpha', value: Number((p.alpha * size).toPrecision(10)), default: 1e-4 },
    { name: 'beta', value: p.beta, default: 0.75 },
    { name: 'k', value: p.bias, default: 1 },
  ]
  const module: Module = { type: 'nn.LocalResponseNorm', args, weights: [] }
  if (x.shape.length > 1) return g.module(x, module, x)
  return g.module(x, module, x, { write: (self, v) => `${self}(${v}.unsqueeze(-1)).squeeze(-1)` })
}
