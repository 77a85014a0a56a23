import { type Cost, elements, type MaybeShape, type ShapeResult, showShape } from './layer'
import { draft } from './problems'

const join = (shapes: readonly MaybeShape[]): string => shapes.map(showShape).join(', ')

/** Combines what several shapes say about one axis: known wins over unknown. */
const known = (shapes: readonly MaybeShape[], axis: number): number | null =>
  shapes.reduce<number | null>((found, s) => found ?? s?.[axis] ?? null, null)

/** Element-wise merges want equal shapes. (tfjs would broadcast silently; a drawing should not.) */
export function mergeShape(inputs: readonly MaybeShape[]): ShapeResult {
  const shapes = inputs.filter((s) => s !== null)
  const first = shapes[0]
  if (!first) return { outputs: [null] }
  const differ = shapes.some((s) => s.length !== first.length || s.some((n, i) => clash(n, first[i] ?? null)))
  if (differ) return { outputs: [first], problems: [draft('shapesDiffer', { shapes: join(inputs) })] }
  return { outputs: [first.map((_, i) => known(shapes, i))] }
}

const clash = (a: number | null, b: number | null): boolean => a !== null && b !== null && a !== b

/** One operation per element for each input after the first. */
export const mergeCost = (inputs: readonly (readonly number[])[]): Cost => ({
  macs: 0,
  flops: elements(inputs[0] ?? []) * Math.max(inputs.length - 1, 0),
})

/** Sizes add up along `axis` (counted without the batch; negative from the end); all others must agree. */
export function concatShape(inputs: readonly MaybeShape[], axis: number): ShapeResult {
  const shapes = inputs.filter((s) => s !== null)
  const first = shapes[0]
  if (!first) return { outputs: [null] }
  const rank = first.length
  if (axis >= rank || axis < -rank)
    return {
      outputs: [null],
      problems: [
        draft('axisRange', { axis, rank, min: -rank, max: rank - 1 }, 'axis', { kind: 'set', params: { axis: -1 } }),
      ],
    }
  const at = axis < 0 ? axis + rank : axis
  const differ = shapes.some((s) => s.length !== rank || s.some((n, i) => i !== at && clash(n, first[i] ?? null)))
  if (differ)
    return {
      outputs: [first.map((n, i) => (i === at ? null : n))],
      problems: [draft('concatDiffer', { axis, shapes: join(inputs) })],
    }
  const sum = inputs.every((s) => (s?.[at] ?? null) !== null)
    ? inputs.reduce((total, s) => total + (s?.[at] ?? 0), 0)
    : null
  return { outputs: [first.map((_, i) => (i === at ? sum : known(shapes, i)))] }
}
