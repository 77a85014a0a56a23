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
 * that no spike is lost; one neighbour on each side, so that the line leaves the frame. A gap inside a bucket survives as null.
 */
export function decimate(p: Points, from: number, to: number, buckets: number): [number[], (number | null)[]] {
  const first = Math.max(lowerBound(p, from) - 1, 0)
  const end = Math.min(lowerBound(p, to) + 1, p.length)
  const xs: number[] = []
  const ys: (number | null)[] = []
  const push = (i: number) => {
    const y = p.ys[i] ?? Number.NaN
    xs.push(p.xs[i] ?? 0)
    ys.push(Number.isNaN(y) ? null : y)
  }
  const size = Math.max(Math.ceil((end - first) / buckets), 1)
  if (size <= 2) {
    for (let i = first; i < end; i++) push(i)
    return [xs, ys]
  }
  for (let start = first; start < end; start += size) {
    let [low, high, gap] = [-1, -1, -1]
    for (let i = start; i < Math.min(start + size, end); i++) {
      const y = p.ys[i] ?? Number.NaN
      if (Number.isNaN(y)) gap = i
      else {
        if (low < 0 || y < (p.ys[low] ?? 0)) low = i
        if (high < 0 || y > (p.ys[high] ?? 0)) high = i
      }
    }
    const kept = [...new Set([low, high, gap])].filter((i) => i >= 0)
    for (const i of kept.sort((a, b) => a - b)) push(i)
  }
  return [xs, ys]
}
