import { elements } from '../../layer'
import type { TorchWeight } from './graph'

interface Values {
  readonly values: Float32Array
}
type Shaped = Values & { readonly shape: readonly number[] }

/** The weights of a model in PyTorch's layouts, by PyTorch's names. `arrays`: those of the network, by `<node>/<weight>`. */
export function torchValues(
  weights: readonly TorchWeight[],
  arrays: { get(name: string): Values | undefined },
): ReadonlyMap<string, Shaped> {
  return new Map(
    weights.map(({ from, path, shape, turn }): [string, Shaped] => {
      if (typeof from === 'number') return [path, { values: new Float32Array(elements(shape)).fill(from), shape }]
      const own = arrays.get(from)?.values ?? new Float32Array(elements(shape))
      return [path, { values: turn ? turn(own) : own, shape }]
    }),
  )
}
