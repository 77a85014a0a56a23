import type { LayerStatistics } from './run'

/** What can be wrong with a layer while it trains, in the words of the field. */
export type Trouble = 'vanishing' | 'exploding' | 'deadRelu'

/**
 * Gradients that grow or shrink on their way back from the output by more than this between two layers. The slope of a sigmoid is at most
 * 1/4, so that five of them in a row shrink a gradient at least 4⁵ times (Hochreiter, 1991; Glorot and Bengio, 2010).
 */
const GRADIENT_RATIO = 4 ** 5
/** Weights should move by about 1/1000 of their size in a step (Karpathy, CS231n, "Ratio of weights:updates"); this is a hundred times more. */
const LARGEST_UPDATE = 0.1
/** Units that never fire never learn; 40 % of them is what CS231n gives as the mark of a learning rate that is too high. */
const DEAD_SHARE = 0.4

/**
 * Judges the layers of one `statistics` event, which stand in the order of the network. Gradients are compared as root mean squares, so
 * that the number of a layer's weights does not matter, with the last layer that has one: gradients set out from there.
 */
export function troublesOf(layers: readonly LayerStatistics[]): ReadonlyMap<string, readonly Trouble[]> {
  const last = layers.map(rootMeanSquare).findLast((g) => g !== null && g > 0) ?? null
  return new Map(
    layers.flatMap((layer) => {
      const gradient = rootMeanSquare(layer)
      const known = gradient !== null && last !== null
      const troubles: Trouble[] = [
        ...(known && gradient * GRADIENT_RATIO < last ? (['vanishing'] as const) : []),
        ...((known && gradient > last * GRADIENT_RATIO) || (layer.update ?? 0) > LARGEST_UPDATE
          ? (['exploding'] as const)
          : []),
        ...((layer.dead ?? 0) >= DEAD_SHARE ? (['deadRelu'] as const) : []),
      ]
      return troubles.length > 0 ? [[layer.node, troubles] as const] : []
    }),
  )
}

const rootMeanSquare = ({ weights }: LayerStatistics): number | null =>
  weights === null || weights.gradient === null ? null : weights.gradient / Math.sqrt(weights.count)
