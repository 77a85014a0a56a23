import { elements } from '../../layer'
import type { TorchGraph, TorchValue } from './graph'

/**
 * All elements as one vector. A map with its channels first is flattened as it lies, if all that follows can do with that: weights behind
 * it are put into that order.
 */
export function flattenTorch(g: TorchGraph, x: TorchValue): TorchValue {
  if (x.shape.length < 2) return x
  const shape = [elements(x.shape)]
  const channels = x.shape.at(-1) ?? 1
  const positions = elements(x.shape.slice(0, -1))
  // With one position, or one channel, both orders are the same.
  const moves = x.layout === 'first' && channels > 1 && positions > 1
  const value = moves && g.keepsOrder ? g.last(x) : x
  const order =
    value.layout === 'first' && moves
      ? Array.from({ length: channels * positions }, (_, i) => (i % positions) * channels + Math.floor(i / positions))
      : null
  return g.call(
    [value],
    ([v]) => `${v}.flatten(1)`,
    { shape, layout: 'last', order, flattened: order ? [g.id] : [] },
    { form: 'method', module: 'nn.Flatten()' },
  )
}

/** The same elements in the drawing's order, with other axes. */
export function reshapeTorch(g: TorchGraph, input: TorchValue, shape: readonly number[]): TorchValue {
  if (shape.length === 1) return flattenTorch(g, input)
  const x = g.last(input)
  return g.call([x], ([v]) => `${v}.reshape(-1, ${shape.join(', ')})`, { shape, layout: 'last' }, { form: 'method' })
}
