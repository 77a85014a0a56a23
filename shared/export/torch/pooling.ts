import type { PoolParams } from '../../pooling'
import { paddingOf } from '../../windows'
import { alike, ownPadding, pad, padText } from './convolution'
import type { Arg, TorchGraph, TorchValue } from './graph'

/** Pooling in which the padding never counts. */
export function poolTorch(
  g: TorchGraph,
  op: 'Max' | 'Avg',
  input: TorchValue,
  p: PoolParams,
  out: readonly number[],
): TorchValue {
  const spatial = input.shape.slice(0, -1)
  const sliding = { kernel: p.poolSize, strides: p.strides, padding: p.padding, ceil: p.ceilMode }
  const pairs = paddingOf(spatial, sliding)
  const how = paddingArgs(g, spatial, p, pairs, out)
  const place = { shape: out, layout: 'first' } as const
  const size = alike(p.poolSize)
  const args: Arg[] = [
    { name: 'kernel_size', value: size, positional: true },
    { name: 'stride', value: alike(p.strides), default: size },
  ]
  const type = `nn.${op}Pool${spatial.length}d`
  if (how) {
    const counted: Arg[] = op === 'Avg' && how.length > 0 ? [{ name: 'count_include_pad', value: false }] : []
    return g.module(g.first(input), { type, args: [...args, ...how, ...counted], weights: [] }, place)
  }
  const module = { type, args, weights: [] }
  if (op === 'Max') return g.module(pad(g, input, pairs, 'float("-inf")'), module, place)
  const write = (self: string, x: string) => `padded_average(${self}, ${x}, ${padText(pairs)})`
  return g.module(g.first(input), module, place, { write })
}

/** The padding as PyTorch's own poolings can do it; null where they cannot. */
function paddingArgs(
  g: TorchGraph,
  spatial: readonly number[],
  p: PoolParams,
  pairs: readonly number[],
  out: readonly number[],
): readonly Arg[] | null {
  const own = ownPadding(g, pairs)
  const fits = own?.every((n, i) => 2 * n <= (p.poolSize[i] ?? 1))
  if (own && fits) return own.some((n) => n > 0) ? [{ name: 'padding', value: alike(own) }] : []
  // What overhangs at the end alone: PyTorch's ceil mode, if it makes as many windows.
  const sizes = spatial.map((n, i) => Math.ceil((n - (p.poolSize[i] ?? 1)) / (p.strides[i] ?? 1)) + 1)
  const atEnd = pairs.every((n, i) => i % 2 === 1 || n === 0) && sizes.every((n, i) => n === out[i])
  const inside = sizes.every((n, i) => (n - 1) * (p.strides[i] ?? 1) < (spatial[i] ?? 0))
  return atEnd && inside && !g.shared ? [{ name: 'ceil_mode', value: true }] : null
}

/** One number per channel. */
export const globalPoolTorch = (
  g: TorchGraph,
  op: 'mean' | 'amax',
  x: TorchValue,
  out: readonly number[],
): TorchValue => {
  const axes = g.spatial(x)
  const dims = axes.length === 1 ? String(axes[0]) : `(${axes.join(', ')})`
  return g.call([x], ([v]) => `${v}.${op}(dim=${dims})`, { shape: out, layout: 'last' }, { form: 'method' })
}
