import type { Window } from '../layer'

/**
 * What one output element sees of the network's input, per spatial axis, in input pixels: `size`; `jump`, the distance between
 * neighbours' fields; `start`, the first pixel that the first element sees (negative: padding).
 */
export interface ReceptiveField {
  readonly size: readonly number[]
  readonly jump: readonly number[]
  readonly start: readonly number[]
}

/** One input element sees itself. */
export const ownField = (axes: number): ReceptiveField => {
  const fill = (n: number) => Array.from({ length: axes }, () => n)
  return { size: fill(1), jump: fill(1), start: fill(0) }
}

/** `l_k = l_{k−1} + d(k−1)·jump`, jump multiplied by the stride, start moved back by the padding. */
export function throughWindow(rf: ReceptiveField, w: Window): ReceptiveField {
  return {
    size: rf.size.map((l, i) => l + (w.dilation[i] ?? 1) * ((w.size[i] ?? 1) - 1) * (rf.jump[i] ?? 1)),
    jump: rf.jump.map((j, i) => j * (w.strides[i] ?? 1)),
    start: rf.start.map((s, i) => s - (w.before[i] ?? 0) * (rf.jump[i] ?? 1)),
  }
}

/** A layer that mixes all positions of a map of these sizes (flatten, global pooling): one field that covers them all. */
export const wholeMap = (rf: ReceptiveField, spatial: readonly number[]): ReceptiveField => ({
  size: rf.size.map((l, i) => l + ((spatial[i] ?? 1) - 1) * (rf.jump[i] ?? 1)),
  jump: rf.jump.map((j, i) => j * (spatial[i] ?? 1)),
  start: rf.start,
})

/** Over branches the largest path, axis by axis. Fields of different axes cannot be compared: `null`. */
export function mergeFields(fields: readonly (ReceptiveField | null)[]): ReceptiveField | null {
  const [first, ...rest] = fields
  if (!first) return null
  return rest.reduce<ReceptiveField | null>((a, b) => {
    if (a === null || b === null || a.size.length !== b.size.length) return null
    const wider = a.size.map((l, i) => ((b.size[i] ?? 0) > l ? b : a))
    return {
      size: wider.map((f, i) => f.size[i] ?? 1),
      jump: wider.map((f, i) => f.jump[i] ?? 1),
      start: a.start.map((s, i) => Math.min(s, b.start[i] ?? s)),
    }
  }, first)
}

export const sameField = (a: ReceptiveField | null, b: ReceptiveField | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.size.length === b.size.length &&
    a.size.every((l, i) => l === b.size[i] && a.jump[i] === b.jump[i] && a.start[i] === b.start[i]))
