import type { Padding } from './fields'

const times = (xs: readonly number[]): string => xs.join('×')
const square = (xs: readonly number[]): string => (xs.every((x) => x === xs[0]) ? String(xs[0] ?? '') : times(xs))

/** `64 · 3×3 · stride 2 · same`: what matters of a window layer, in one short line. */
export function digestWindow(
  kernel: readonly number[],
  strides: readonly number[],
  pad: Padding,
  filters?: number,
): string {
  const parts = [times(kernel), `stride ${square(strides)}`, typeof pad === 'string' ? pad : `pad ${square(pad)}`]
  return [...(filters === undefined ? [] : [String(filters)]), ...parts].join(' · ')
}
