import { type Cost, elements, type MaybeShape, type ShapeResult, showShape } from './layer'
import { draft } from './problems'

const join = (shapes: readonly MaybeShape[]): string => shapes.map(showShape).join(', ')

/** Combines what several shapes say about one axis: known wins over unknown. */
const known = (shapes: readonly MaybeShape[], axis: number): number | null =>
  shapes.reduce<number | null>((found, s) => found ?? s?.[axis] ?? null, null)

/**
 * Element-wise merges want equal shapes. (tfjs would stretch sizes of 1 silently; a drawing should not.) With `stretch` a size of 1 goes
 * with any other.
 */
export function mergeShape(inputs: readonly MaybeShape[], stretch?: 'stretch'): ShapeResult {
  const shapes = inputs.filter((s) => s !== null)
  const first = shapes[0]
  if (!first) return { outputs: [null] }
  const merged = first.map((_, i) => (stretch ? widest(inputs, i) : known(shapes, i)))
  const fits = (n: number | null, i: number): boolean =>
    !clash(n, merged[i] ?? null) || (stretch !== undefined && n === 1)
  const differ = shapes.some((s) => s.length !== first.length || !s.every(fits))
  return differ
    ? { outputs: [first], problems: [draft('shapesDiffer', { shapes: join(inputs) })] }
    : { outputs: [merged] }
}

const clash = (a: number | null, b: number | null): boolean => a !== null && b !== null && a !== b

/** The size that those of 1 are stretched to; not known while all known ones are 1 and another is not known. */
function widest(inputs: readonly MaybeShape[], axis: number): number | null {
  const sizes = inputs.map((s) => s?.[axis] ?? null)
  return sizes.find((n) => n !== null && n > 1) ?? (sizes.includes(null) ? null : 1)
}

/** One operation per element for each input after the first. */
export const mergeCost = (inputs: readonly (readonly number[])[], y: readonly number[]): Cost => ({
  macs: 0,
  flops: elements(y) * Math.max(inputs.length - 1, 0),
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
