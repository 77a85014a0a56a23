/** Points of a curve: `ys[i]` belongs to `xs[i]`, `xs` ascends; only the first `length` count. NaN is a gap. */
export interface Points {
  readonly xs: ArrayLike<number>
  readonly ys: ArrayLike<number>
  readonly length: number
}

/** First index whose x is not below `x`. */
export function lowerBound({ xs, length }: Points, x: number): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((xs[middle] ?? 0) < x) low = middle + 1
    else high = middle
  }
  return low
}

/** The value at the point nearest to `x`; null where there is none. */
export function nearest(p: Points, x: number): { readonly x: number; readonly y: number } | null {
  const right = lowerBound(p, x)
  const distance = (i: number) => (i < 0 || i >= p.length ? Number.POSITIVE_INFINITY : Math.abs((p.xs[i] ?? 0) - x))
  const at = distance(right - 1) <= distance(right) ? right - 1 : right
  const y = p.ys[at]
  return at < p.length && y !== undefined && !Number.isNaN(y) ? { x: p.xs[at] ?? 0, y } : null
}

/**
 * What must be drawn of a curve between `from` and `to`: at most about `2 · buckets` points, the lowest and the highest of each bucket, so
 * that no spike is lost; one neighbour on each side, so that the line leaves the frame. A gap inside a bucket survives as null. Buckets
 * are as wide as each other on the axis, which may be logarithmic: `from` is positive then.
 */
export function decimate(
  p: Points,
  from: number,
  to: number,
  buckets: number,
  log = false,
): [number[], (number | null)[]] {
  const first = Math.max(lowerBound(p, from) - 1, 0)
  const end = Math.min(lowerBound(p, to) + 1, p.length)
  const xs: number[] = []
  const ys: (number | null)[] = []
  const push = (i: number) => {
    const y = p.ys[i] ?? Number.NaN
    xs.push(p.xs[i] ?? 0)
    ys.push(Number.isNaN(y) ? null : y)
  }
  if (end - first <= 2 * buckets) {
    for (let i = first; i < end; i++) push(i)
    return [xs, ys]
  }
  let start = first
  for (let bucket = 1; bucket <= buckets; bucket++) {
    const share = bucket / buckets
    const edge = log ? from * (to / from) ** share : from + (to - from) * share
    const next = bucket === buckets ? end : Math.min(lowerBound(p, edge), end)
    let [low, high, gap] = [-1, -1, -1]
    for (let i = start; i < next; i++) {
      const y = p.ys[i] ?? Number.NaN
      if (Number.isNaN(y)) gap = i
      else {
        if (low < 0 || y < (p.ys[low] ?? 0)) low = i
        if (high < 0 || y > (p.ys[high] ?? 0)) high = i
      }
    }
    // The outermost points, too: there the line leaves the frame.
    const outer = [start === first ? first : -1, next === end ? end - 1 : -1]
    const kept = [...new Set([low, high, gap, ...outer])].filter((i) => i >= start && i < next)
    for (const i of kept.sort((a, b) => a - b)) push(i)
    start = next
  }
  return [xs, ys]
}
