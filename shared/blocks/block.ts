import type { Fields, ParamsOf } from '../fields'
import { Builder, type Wire } from '../graph/builder'
import type { Graph } from '../graph/graph'

/** A block is no layer: it draws a sub-graph from parameters, shown as one collapsible group. */
export interface BlockDef<F extends Fields = Fields> {
  readonly label: string
  readonly doc: string
  readonly fields: F
  /** Draws the block behind `x` and returns its output. */
  draw(b: Builder, x: Wire, p: ParamsOf<F>): Wire
}

export const defineBlock = <const F extends Fields>(def: BlockDef<F>): BlockDef<F> => def

/** The block alone, as a group whose first layers lack their input: what dragging it from the palette adds. */
export function drawBlock(type: string, def: BlockDef, params: ParamsOf<Fields>): Graph {
  const b = new Builder()
  const x = b.input([1])
  b.group(def.label, { type, params }, () => def.draw(b, x, params))
  const graph = b.build()
  return {
    nodes: graph.nodes.filter((n) => n.id !== x.id),
    edges: graph.edges.filter((e) => e.source !== x.id),
    groups: graph.groups,
  }
}
