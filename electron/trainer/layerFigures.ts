import { finite } from '#shared/training/metrics'
import type { LayerStatistics } from '#shared/training/run'

/** Marks the units, which are the last axis, that are not 0 anywhere; ends as soon as all are. */
export function mark(values: Float32Array, units: Uint8Array): void {
  let left = units.reduce((n, lives) => n + (lives ? 0 : 1), 0)
  for (let from = 0; from < values.length && left > 0; from += units.length)
    for (let u = 0; u < units.length; u++)
      if (!units[u] && values[from + u] !== 0) {
        units[u] = 1
        left--
      }
}

export function sumOfSquares(values: Float32Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2
  return sum
}

/** Mean, spread and norm of the numbers of several arrays; `gradient` is the norm of theirs. */
export function describe(
  arrays: readonly Float32Array[],
  gradient: number | null,
): NonNullable<LayerStatistics['weights']> {
  const count = arrays.reduce((n, a) => n + a.length, 0)
  const squares = arrays.reduce((n, a) => n + sumOfSquares(a), 0)
  const mean = arrays.reduce((n, a) => n + sum(a), 0) / count
  const std = Math.sqrt(Math.max(0, squares / count - mean ** 2))
  return { count, mean: short(mean), std: short(std), norm: short(Math.sqrt(squares)), gradient: short(gradient) }
}

function sum(values: Float32Array): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i] as number
  return total
}

/** ‖after − before‖ ÷ ‖before‖. */
export function changeOf(before: readonly Float32Array[], after: readonly Float32Array[]): number | null {
  let change = 0
  before.forEach((old, i) => {
    const now = after[i] as Float32Array
    for (let k = 0; k < old.length; k++) change += ((now[k] as number) - (old[k] as number)) ** 2
  })
  return short(Math.sqrt(change / before.reduce((n, a) => n + sumOfSquares(a), 0)))
}

/** Five digits are enough, and keep events small. */
const short = (x: number | null): number | null => (finite(x) === null ? null : Number((x as number).toPrecision(5)))
