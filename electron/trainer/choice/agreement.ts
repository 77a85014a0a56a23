import type { Measured } from './remembered'

/** Relative, and absolute for losses near 0. */
const TOLERANCE = 1e-3

/**
 * Engines whose loss is not that of the others. `order`: the likely fastest first, which is also the least simple one: of two that differ the
 * later one is believed, of more the one in the middle.
 */
export function disagreeing(order: readonly string[], engines: Measured): ReadonlySet<string> {
  const losses = order.flatMap((engine) => {
    const found = engines[engine]
    return found && 'loss' in found ? [{ engine, loss: found.loss ?? Number.POSITIVE_INFINITY }] : []
  })
  const sorted = losses.map((l) => l.loss).sort((a, b) => a - b)
  const right = (losses.length > 2 ? sorted[sorted.length >> 1] : losses.at(-1)?.loss) ?? 0
  const near = (loss: number) => loss === right || Math.abs(loss - right) <= TOLERANCE * (1 + Math.abs(right))
  return new Set(losses.filter(({ loss }) => !near(loss)).map(({ engine }) => engine))
}
