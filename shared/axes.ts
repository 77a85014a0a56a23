import type { MaybeShape } from './layer'
import { type Draft, draft } from './problems'

/** Says what is wrong with an axis counted without the batch, negative from the end; the fix takes the last one. */
export function checkAxis(x: MaybeShape, axis: number, reset: number | readonly number[]): Draft[] {
  if (x === null || (axis < x.length && axis >= -x.length)) return []
  const values = { axis, rank: x.length, min: -x.length, max: x.length - 1 }
  return [draft('axisRange', values, 'axis', { kind: 'set', params: { axis: reset } })]
}

/** tfjs counts the batch as axis 0. */
export const tfjsAxis = (axis: number): number => (axis < 0 ? axis : axis + 1)
