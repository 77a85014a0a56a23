import type { Padding } from './fields'
import type { MaybeShape, Shape, Window } from './layer'

/** One axis of a sliding window. */
export interface AxisWindow {
  /** Output size; 0 or less when the window does not fit. `null` when the input size is not known. */
  readonly out: number | null
  readonly before: number
  readonly after: number
}

/**
 * Output size and padding of a window along one axis, for n inputs, kernel k, stride s, dilation d:
 * explicit padding `floor((n + before + after − d(k−1) − 1)/s) + 1`, 'same' `ceil(n/s)` with the odd element at the end (TensorFlow's
 * rule). With `ceil` the last window may overhang, but may not start beyond the padded input (Caffe's rule, also PyTorch's).
 */
export function slide(
  n: number | null,
  k: number,
  s: number,
  d: number,
  pad: Padding,
  axis: number,
  ceil = false,
): AxisWindow {
  const reach = d * (k - 1) + 1
  if (pad === 'same') {
    if (n === null) return { out: null, before: 0, after: 0 }
    const out = Math.ceil(n / s)
    const total = Math.max((out - 1) * s + reach - n, 0)
    return { out, before: Math.floor(total / 2), after: total - Math.floor(total / 2) }
  }
  const before = pad === 'valid' ? 0 : (pad[axis * 2] ?? 0)
  const after = pad === 'valid' ? 0 : (pad[axis * 2 + 1] ?? 0)
  if (n === null) return { out: null, before, after }
  const room = n + before + after - reach
  if (!ceil) return { out: Math.floor(room / s) + 1, before, after }
  const out = Math.ceil(room / s) + 1
  return { out: room >= 0 && (out - 1) * s >= n + before ? out - 1 : out, before, after }
}

/** A window over all spatial axes. */
export interface Sliding {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  /** Left out: 1. */
  readonly dilation?: readonly number[]
  readonly padding: Padding
  readonly ceil?: boolean
}

const slideAxis = (n: number | null, p: Sliding, axis: number): AxisWindow =>
  slide(n, p.kernel[axis] ?? 1, p.strides[axis] ?? 1, p.dilation?.[axis] ?? 1, p.padding, axis, p.ceil)

/** Output sizes; one that does not fit comes out as `null`, and `fits` is false. */
export function slideAll(spatial: MaybeShape, p: Sliding): { readonly out: Shape; readonly fits: boolean } {
  let fits = true
  const out = (spatial ?? []).map((n, axis) => {
    const size = slideAxis(n, p, axis).out
    if (size === null || size >= 1) return size
    fits = false
    return null
  })
  return { out, fits }
}

/**
 * Where a window over a volume passes over the end of its input by 'same': tfjs takes a padding below 0 for it there, which moves all windows.
 */
export const isMovedByTfjs = (spatial: readonly number[], p: Sliding): boolean =>
  spatial.length === 3 &&
  spatial.some((n, axis) => {
    const [k, s, d] = [p.kernel[axis] ?? 1, p.strides[axis] ?? 1, p.dilation?.[axis] ?? 1]
    return (Math.ceil(n / s) - 1) * s + d * (k - 1) + 1 < n
  })

/** What the receptive field is computed from. */
export const windowOf = (spatial: readonly number[], p: Sliding): Window => ({
  size: p.kernel,
  strides: p.strides,
  dilation: p.dilation ?? p.kernel.map(() => 1),
  before: spatial.map((n, axis) => slideAxis(n, p, axis).before),
})

/** Padding in effect, `[before, after]` per axis; an overhang from ceil mode is counted in. */
export const paddingOf = (spatial: readonly number[], p: Sliding): readonly number[] =>
  spatial.flatMap((n, axis) => {
    const { out, before, after } = slideAxis(n, p, axis)
    const covered =
      ((out ?? 1) - 1) * (p.strides[axis] ?? 1) + (p.dilation?.[axis] ?? 1) * ((p.kernel[axis] ?? 1) - 1) + 1
    return [before, p.ceil ? after + Math.max(covered - (n + before + after), 0) : after]
  })

/** The largest kernel that fits each axis, for messages: `min over axes of floor((n + pad − 1)/d) + 1`. */
export function largestKernel(spatial: MaybeShape, p: Sliding): number {
  let max = Number.POSITIVE_INFINITY
  for (const [i, n] of (spatial ?? []).entries()) {
    if (n === null) continue
    const pad = typeof p.padding === 'string' ? 0 : (p.padding[i * 2] ?? 0) + (p.padding[i * 2 + 1] ?? 0)
    max = Math.min(max, Math.floor((n + pad - 1) / (p.dilation?.[i] ?? 1)) + 1)
  }
  return max
}
