import { applyEdits, type Edit } from '#shared/graph/edits'
import type { Edge, Graph } from '#shared/graph/graph'
import { connectEdits, type Drawn, leadsBack, sourceOf } from './wiring'

/** A drawn line and the wires that it stands for. */
export interface Line extends Drawn {
  readonly edges: readonly Edge[]
}

export const cutEdits = (line: Line): readonly Edit[] => line.edges.map((edge): Edit => ({ type: 'disconnect', edge }))

/**
 * The edits that dragging one end of a line to another port means; empty where the line cannot lead there, or already does. Where
 * only the source changes, every wire keeps its input port, so that the order at a merge stays.
 */
export function reconnectEdits(graph: Graph, line: Line, drawn: Drawn): readonly Edit[] {
  const sameSource = drawn.source === line.source && drawn.sourceHandle === line.sourceHandle
  const sameTarget = drawn.target === line.target && drawn.targetHandle === line.targetHandle
  if (sameSource && sameTarget) return []
  const cut = cutEdits(line)
  const rest = applyEdits(graph, cut)
  if (!sameTarget) {
    const made = connectEdits(rest, drawn)
    return made.length > 0 ? [...cut, ...made] : []
  }
  const source = sourceOf(rest, drawn)
  if (!source || line.edges.some((e) => leadsBack(rest, e.target, source.node))) return []
  const moved = line.edges.map((e): Edit => {
    return { type: 'connect', edge: { ...e, source: source.node, sourcePort: source.port } }
  })
  return [...cut, ...moved]
}
