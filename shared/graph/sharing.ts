import type { Params } from '../fields'
import { isKnown, type WeightSpec } from '../layer'
import { type Draft, draft, type Fix } from '../problems'
import type { GraphNode } from './graph'
import type { NodeResult } from './nodeResult'

interface Known {
  readonly node: GraphNode
  readonly result: NodeResult
}

/** What is wrong with a layer that uses the weights of another, and what mends it; null if nothing is. `find` looks a layer up by its id. */
export function wrongSharing(
  { node, result }: Known,
  find: (id: string) => Known | undefined,
): { readonly found: Draft; readonly fix: Fix } | null {
  const id = node.sharedWith ?? ''
  const owner = find(id)
  const apart: Fix = { label: 'ownWeights', edits: [{ type: 'share', id: node.id, with: null }] }
  if (!owner || owner.node === node) return { found: draft('sharedGone', { owner: id }), fix: apart }
  const name = owner.node.name
  if (owner.node.sharedWith !== undefined) {
    const root = rootOf(owner.node, find)
    const fix: Fix =
      root && root !== node.id ? { label: 'share', edits: [{ type: 'share', id: node.id, with: root }] } : apart
    return { found: draft('sharedTwice', { owner: name }), fix }
  }
  if (owner.node.type !== node.type || node.type === 'unknown')
    return { found: draft('sharedType', { owner: name }), fix: apart }
  const own: Params = node.params
  const theirs = Object.entries(owner.node.params as Params)
  const differing = theirs.filter(([key, v]) => JSON.stringify(v) !== JSON.stringify(own[key]))
  if (differing.length > 0)
    return {
      found: draft('sharedParams', { owner: name, fields: differing.map(([key]) => key).join(', ') }),
      fix: { label: 'setParams', edits: [{ type: 'setParams', id: node.id, params: Object.fromEntries(differing) }] },
    }
  if (result.known && result.weights.length === 0) return { found: draft('sharedNothing', {}), fix: apart }
  const [here, there] = [sizes(result.weights), sizes(owner.result.weights)]
  if (here && there && here !== there) return { found: draft('sharedSizes', { owner: name, here, there }), fix: apart }
  return null
}

/** The layer at the end of a chain that has weights of its own; null in a ring, or where the chain breaks. */
function rootOf(node: GraphNode, find: (id: string) => Known | undefined): string | null {
  const seen = new Set<string>()
  for (let at: GraphNode | undefined = node; at && !seen.has(at.id); at = find(at.sharedWith ?? '')?.node) {
    if (at.sharedWith === undefined) return at.id
    seen.add(at.id)
  }
  return null
}

/** `3×3×1×6, 6`; null while a size is not known. */
const sizes = (weights: readonly WeightSpec[]): string | null =>
  weights.length > 0 && weights.every((w) => isKnown(w.shape)) ? weights.map((w) => w.shape.join('×')).join(', ') : null
