import type { Draft, Problem, Remedy } from '../problems'
import { makeNode } from './edits'
import type { LayerNode } from './graph'
import type { Incoming, Wired } from './wired'

/** The edit that a click on a problem applies. */
export function fixFor(d: Draft, node: LayerNode, wired: Wired, incoming: readonly Incoming[]): Problem['fix'] {
  const edits = wired.edits.get(d)
  if (edits) return { label: 'removeWire', edits }
  if (d.remedy) return remedyFix(d.remedy, node, incoming)
  return undefined
}

function remedyFix(remedy: Remedy, node: LayerNode, incoming: readonly Incoming[]): Problem['fix'] {
  if (remedy.kind === 'set')
    return { label: 'setParams', edits: [{ type: 'setParams', id: node.id, params: remedy.params }] }
  const edge = incoming.find((i) => i.edge.targetPort === 0)?.edge
  if (!edge) return undefined
  const { x, y } = node.position
  // The id need only be new: it is derived from the node that it feeds.
  const inserted = makeNode(remedy.layer, `${node.id}_${remedy.layer}`, remedy.params, { x, y: y - 32 })
  const placed = node.group === undefined ? inserted : { ...inserted, group: node.group }
  return { label: 'insertLayer', edits: [{ type: 'insert', edge, node: placed }] }
}
