import type { Padding } from './fields'
import type { Window } from './layer'

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

export interface Slides {
  readonly out: readonly (number | null)[]
  /** Padding in effect, `[before, after]` per axis; an overhang from ceil mode is counted in. */
  readonly padding: readonly number[]
  readonly fits: boolean
  readonly window: Window
}

interface Params {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly dilation?: readonly number[]
  readonly padding: Padding
  readonly ceil?: boolean
}

/** `slide` over all spatial axes. A size that does not fit comes out as `null`. */
export function slideAll(spatial: readonly (number | null)[], p: Params): Slides {
  const out: (number | null)[] = []
  const padding: number[] = []
  const before: number[] = []
  const dilation = p.dilation ?? p.kernel.map(() => 1)
  let fits = true
  for (let i = 0; i < spatial.length; i++) {
    const n = spatial[i] ?? null
    const [k, s, d] = [p.kernel[i] ?? 1, p.strides[i] ?? 1, dilation[i] ?? 1]
    const axis = slide(n, k, s, d, p.padding, i, p.ceil)
    const good = axis.out === null || axis.out >= 1
    if (!good) fits = false
    const overhang =
      p.ceil && good && axis.out !== null && n !== null
        ? Math.max((axis.out - 1) * s + d * (k - 1) + 1 - (n + axis.before + axis.after), 0)
        : 0
    out.push(good ? axis.out : null)
    padding.push(axis.before, axis.after + overhang)
    before.push(axis.before)
  }
  return { out, padding, fits, window: { size: p.kernel, strides: p.strides, dilation, before } }
}

/** The largest kernel that fits each axis, for messages: `min over axes of floor((n + pad − 1)/d) + 1`. */
export function largestKernel(spatial: readonly (number | null)[], p: Params): number {
  let max = Number.POSITIVE_INFINITY
  spatial.forEach((n, i) => {
    if (n === null) return
    const pad = typeof p.padding === 'string' ? 0 : (p.padding[i * 2] ?? 0) + (p.padding[i * 2 + 1] ?? 0)
    max = Math.min(max, Math.floor((n + pad - 1) / (p.dilation?.[i] ?? 1)) + 1)
  })
  return max
}
