const scales = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const

/** Four significant digits, trailing zeros dropped: 138.4, 15.47, 553. */
const digits = (n: number): string => String(Number(n.toPrecision(4)))

/** `138.4 M`, `15.47 G`, powers of ten; small numbers as they are. */
export function short(n: number): string {
  // A number that rounds up to the next unit is written in that unit.
  for (const [scale, unit] of scales) if (Number(n.toPrecision(4)) >= scale) return `${digits(n / scale)} ${unit}`
  return digits(n)
}

/** `553.4 MB`, powers of ten. */
export const bytes = (n: number): string => (n < 1000 ? `${digits(n)} B` : `${short(n)}B`.replace('K', 'k'))

/** The whole number with separators: what hovering and copying show. */
export const exact = (n: number): string => separated.format(n)
const separated = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })
