import { elements, type MaybeShape, type ShapeResult } from './layer'
import { ofRank } from './rank'
import { reshapeTo, type TfjsLayer, tfLayer } from './tfjs'

/** One number per channel; `axes` is the number of spatial axes. */
export function globalPoolShape(x: MaybeShape, axes: number, label: string): ShapeResult {
  const input = ofRank(x, axes + 1, label)
  return { outputs: [[input.shape[axes] ?? null]], problems: input.problems }
}

/** One addition or comparison per element. */
export const globalPoolCost = (x: readonly number[]) => ({ macs: 0, flops: elements(x) })

/** tfjs has it for one and two axes; three are laid out as one. */
export const globalPool3dTfjs = (
  factory: 'globalAveragePooling1d' | 'globalMaxPooling1d',
  x: readonly number[],
): readonly TfjsLayer[] => [reshapeTo(elements(x.slice(0, -1)), x.at(-1) ?? 1), tfLayer(factory, {})]
