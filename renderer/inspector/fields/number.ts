/** What is typed as a number: `12`, `-0.5`, `1e-4`, also with the signs and digits of other keyboards; null for anything else. */
export function parseNumber(text: string): number | null {
  const plain = text.normalize('NFKC').replace('−', '-').trim()
  const number = Number(plain)
  return plain === '' || !Number.isFinite(number) ? null : number
}

interface Limits {
  readonly integer: boolean
  readonly min: number
  readonly max: number
}

/** The number beside `value` within the limits: whole numbers by one, others by their leading digit. */
export function stepFrom(value: number | undefined, direction: 1 | -1, { integer, min, max }: Limits): number {
  if (value === undefined) return Number.isFinite(min) ? min : 0
  const step = integer ? 1 : value === 0 ? 0.1 : 10 ** Math.floor(Math.log10(Math.abs(value)))
  // Sums of decimal fractions come out a little beside.
  const next = Number((value + direction * step).toPrecision(12))
  return Math.min(Math.max(next, min), max)
}
