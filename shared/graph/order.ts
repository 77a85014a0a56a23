import type { Edge, GraphNode } from './graph'
import type { NodeResult } from './nodeResult'

/** A node inside the inference engine. */
export interface Slot {
  node: GraphNode
  result: NodeResult
  incoming: { readonly edge: Edge; readonly source: Slot | undefined }[]
  /** One entry per wire. */
  outgoing: Slot[]
  /** Place in the topological order. */
  rank: number
  dirty: boolean
  inCycle: boolean
}

/**
 * Kahn's order, first come first served. Slots on a loop (or between two loops) follow where nothing else is left to take; `changed`
 * are those whose being in a loop is news.
 */
export function topologicalOrder(slots: readonly Slot[]): { order: Slot[]; cyclic: boolean; changed: Slot[] } {
  const order: Slot[] = []
  const waiting = new Map<Slot, number>()
  const changed: Slot[] = []
  const take = (slot: Slot) => {
    slot.rank = order.length
    order.push(slot)
    waiting.delete(slot)
  }
  const drain = (from: number) => {
    for (let at = from; at < order.length; at++)
      for (const next of order[at]?.outgoing ?? []) {
        const left = waiting.get(next)
        if (left === undefined) continue
        if (left === 1) take(next)
        else waiting.set(next, left - 1)
      }
  }
  const free: Slot[] = []
  for (const slot of slots) {
    const count = slot.incoming.reduce((n, i) => n + (i.source ? 1 : 0), 0)
    if (count === 0) free.push(slot)
    else waiting.set(slot, count)
  }
  for (const slot of free) take(slot)
  drain(0)
  const looped = onLoops(waiting)
  for (const slot of slots) {
    const inCycle = looped.has(slot)
    if (inCycle !== slot.inCycle) changed.push(slot)
    slot.inCycle = inCycle
  }
  const from = order.length
  for (const slot of looped) take(slot)
  drain(from)
  return { order, cyclic: looped.size > 0, changed }
}

/** Of what Kahn's algorithm left over, peels off everything that leads nowhere but out. */
function onLoops(waiting: ReadonlyMap<Slot, number>): ReadonlySet<Slot> {
  const left = new Set(waiting.keys())
  const onward = new Map<Slot, number>()
  for (const slot of left)
    onward.set(
      slot,
      slot.outgoing.reduce((n, next) => n + (left.has(next) ? 1 : 0), 0),
    )
  const ends = [...left].filter((slot) => onward.get(slot) === 0)
  for (let slot = ends.pop(); slot; slot = ends.pop()) {
    left.delete(slot)
    for (const { source } of slot.incoming) {
      if (!source || !left.has(source)) continue
      const n = (onward.get(source) ?? 0) - 1
      onward.set(source, n)
      if (n === 0) ends.push(source)
    }
  }
  return left
}
