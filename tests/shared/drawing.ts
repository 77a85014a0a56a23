import type { FieldValue } from '#shared/fields'
import { makeNode } from '#shared/graph/edits'
import type { Edge, Graph, GraphNode } from '#shared/graph/graph'
import type { LayerType } from '#shared/layers/index'

type Sketch = readonly [id: string, type: LayerType, params?: Readonly<Record<string, FieldValue>>]

/** `a` or `a:1` to `b` or `b:1`, ports counted from 0. */
export function wire(from: string, to: string): Edge {
  const [source = '', sourcePort = '0'] = from.split(':')
  const [target = '', targetPort = '0'] = to.split(':')
  return { source, sourcePort: Number(sourcePort), target, targetPort: Number(targetPort) }
}

/** A graph in a few words: `draw([['in', 'input'], ['f', 'flatten']], 'in > f')`. */
export function draw(layers: readonly (Sketch | GraphNode)[], ...wires: readonly string[]): Graph {
  return {
    nodes: layers.map((l): GraphNode => ('id' in l ? l : makeNode(l[1], l[0], l[2]))),
    edges: wires.map((w) => {
      const [from = '', to = ''] = w.split(' > ')
      return wire(from, to)
    }),
    groups: [],
  }
}
