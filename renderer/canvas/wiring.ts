import { applyEdits, type Edit, isVariadic } from '#shared/graph/edits'
import { type Edge, findNode, type Graph, outputCount } from '#shared/graph/graph'
import { layers } from '#shared/layers/index'
import { entries, exitOf, groupOfFlowId, type Port, viewGroups } from './groups'

/** Handles of a node on the canvas: `in0`, `out1`; a merge takes any number of wires at `in0`. */
export const inHandle = (port: number): string => `in${port}`
export const outHandle = (port: number): string => `out${port}`
const portOf = (handle: string | null | undefined): number => Number(/\d+$/.exec(handle ?? '')?.[0] ?? 0)

/** A wire as drawn on the canvas; React Flow's `Connection` is one. */
export interface Drawn {
  readonly source: string
  readonly target: string
  readonly sourceHandle?: string | null
  readonly targetHandle?: string | null
}

const membersOf = (graph: Graph, group: string): readonly string[] => viewGroups(graph).byId.get(group)?.members ?? []

/** The output that a drawn wire begins at; null where it has none. */
export function sourceOf(graph: Graph, d: Drawn): Port | null {
  const group = groupOfFlowId(d.source)
  if (group !== null) return exitOf(graph, membersOf(graph, group))
  const node = findNode(graph, d.source)
  const port = portOf(d.sourceHandle)
  return node && port < outputCount(node) ? { node: d.source, port } : null
}

function targetsOf(graph: Graph, d: Drawn): readonly Port[] {
  const group = groupOfFlowId(d.target)
  if (group !== null) return entries(graph, membersOf(graph, group))
  const node = findNode(graph, d.target)
  if (!node || (node.type !== 'unknown' && layers[node.type].inputs.max === 0)) return []
  return [{ node: d.target, port: portOf(d.targetHandle) }]
}

/** All layers from which a layer can be reached, itself included. */
function upstream(graph: Graph, id: string): ReadonlySet<string> {
  const into = new Map<string, string[]>()
  for (const e of graph.edges) {
    const list = into.get(e.target)
    if (list) list.push(e.source)
    else into.set(e.target, [e.source])
  }
  const seen = new Set([id])
  for (const at of seen) for (const source of into.get(at) ?? []) seen.add(source)
  return seen
}

/** Would a wire from `source` to `target` close a loop? */
export const leadsBack = (graph: Graph, target: string, source: string): boolean => upstream(graph, source).has(target)

/**
 * The edits that a drawn wire means; empty where it cannot be: onto itself, into a loop, to a layer without inputs. A wire to the
 * taken port of a layer with a fixed number of inputs replaces the one that is there.
 */
export function connectEdits(graph: Graph, drawn: Drawn): readonly Edit[] {
  const source = sourceOf(graph, drawn)
  const targets = targetsOf(graph, drawn)
  if (!source || targets.length === 0) return []
  const before = upstream(graph, source.node)
  if (targets.some((t) => before.has(t.node))) return []
  const toGroup = groupOfFlowId(drawn.target) !== null
  return targets.flatMap((t): Edit[] => {
    const edge: Edge = { source: source.node, sourcePort: source.port, target: t.node, targetPort: t.port }
    const node = findNode(graph, t.node)
    const there = graph.edges.find((e) => e.target === t.node && e.targetPort === t.port)
    // At a merge a wire to a taken port is one more wire; through a group it takes the place of the one that is there.
    return toGroup && there && node && isVariadic(node)
      ? [
          { type: 'disconnect', edge: there },
          { type: 'connect', edge },
        ]
      : [{ type: 'connect', edge }]
  })
}

/** Wires the first outputs of several nodes to one; each wire counts with those before it. */
export function connectAll(graph: Graph, sources: readonly string[], target: string): readonly Edit[] {
  const edits: Edit[] = []
  let drawn = graph
  for (const source of sources) {
    const made = connectEdits(drawn, { source, sourceHandle: outHandle(0), target, targetHandle: inHandle(0) })
    drawn = applyEdits(drawn, made)
    edits.push(...made)
  }
  return edits
}
