import { layers } from '../layers'
import type { GraphNode } from './graph'
import type { Slot } from './order'

/** No gradient reaches what feeds it. */
const stops = (node: GraphNode): boolean =>
  node.type !== 'unknown' && (layers[node.type].stopsGradient?.(node.params) ?? false)

/** It may keep gradients from the layers before it. */
export const mayStarve = (node: GraphNode): boolean =>
  node.type === 'output' ? node.params.lossWeight === 0 : stops(node)

/** A loss is computed here. */
const hasLoss = ({ node, outgoing }: Slot): boolean =>
  node.type === 'output' ? node.params.lossWeight > 0 : outgoing.length === 0 && node.type !== 'input'

/** The layers whose output the gradient of some loss reaches. */
export function reachedByGradient(slots: Iterable<Slot>): ReadonlySet<Slot> {
  const reached = new Set<Slot>()
  for (const slot of slots) if (hasLoss(slot)) reached.add(slot)
  // A set may grow while it is walked through.
  for (const slot of reached)
    if (!stops(slot.node)) for (const { source } of slot.incoming) if (source) reached.add(source)
  return reached
}
