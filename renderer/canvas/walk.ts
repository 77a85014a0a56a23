import type { Graph } from '#shared/graph/graph'
import { commentFlowId } from './comments'
import { viewGroups } from './groups'

/** Flow ids of what is drawn, in the order in which one meets it along the wires: depth first, from the first layers on; then comments. */
export function walkOrder(graph: Graph): readonly string[] {
  const views = viewGroups(graph)
  const onward = new Map<string, string[]>()
  const fed = new Set<string>()
  for (const e of graph.edges) {
    const list = onward.get(e.source)
    if (list) list.push(e.target)
    else onward.set(e.source, [e.target])
    fed.add(e.target)
  }
  const nodes = new Map(graph.nodes.map((n) => [n.id, n]))
  const seen = new Set<string>()
  const visit = (from: string) => {
    const stack = [from]
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (seen.has(id) || !nodes.has(id)) continue
      seen.add(id)
      stack.push(...(onward.get(id) ?? []).toReversed())
    }
  }
  for (const n of graph.nodes) if (!fed.has(n.id)) visit(n.id)
  // What is left lies on loops.
  for (const n of graph.nodes) visit(n.id)
  const drawn = new Set([...seen].flatMap((id) => nodes.get(id) ?? []).map((n) => views.standsFor(n)))
  const comments = [...(graph.comments ?? [])].sort((a, b) => a.position.y - b.position.y)
  return [...drawn, ...comments.map((c) => commentFlowId(c.id))]
}

/** The next stop after `flowId`, in either direction; null at the end. Without a start, the first. */
export function nextAlong(graph: Graph, flowId: string | undefined, step: 1 | -1): string | null {
  const order = walkOrder(graph)
  if (flowId === undefined) return (step === 1 ? order[0] : order.at(-1)) ?? null
  return order[order.indexOf(flowId) + step] ?? null
}
