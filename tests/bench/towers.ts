import { makeNode } from '#shared/graph/edits'
import type { Edge, Graph, GraphNode } from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'

const pitch = { x: nodeSize.width + 40, y: nodeSize.height + 40 }

/** A wide network, as high as it is broad on a screen, so that all of its `size` layers can be in view at once. */
export function towers(size: number): Graph {
  const columns = Math.round(Math.sqrt(size / 1.45))
  const at = (node: GraphNode, column: number, row: number): GraphNode => ({
    ...node,
    position: { x: column * pitch.x, y: row * pitch.y },
  })
  const kinds = ['conv2d', 'batchNorm', 'activation'] as const
  const nodes: GraphNode[] = [at(makeNode('input', 'input', { shape: [64, 64, 16] }), columns / 2, -1)]
  const edges: Edge[] = []
  const last = new Map<number, string>()
  for (let i = 0; i < size - 2; i++) {
    const [column, row] = [i % columns, Math.floor(i / columns)]
    const id = `n${i}`
    const kind = kinds[row % kinds.length] ?? 'conv2d'
    nodes.push(at(makeNode(kind, id, kind === 'conv2d' ? { filters: 16 } : {}), column, row))
    edges.push({ source: last.get(column) ?? 'input', sourcePort: 0, target: id, targetPort: 0 })
    last.set(column, id)
  }
  nodes.push(at(makeNode('concat', 'join', {}), columns / 2, Math.ceil(size / columns)))
  for (const [column, source] of last) edges.push({ source, sourcePort: 0, target: 'join', targetPort: column })
  return { nodes, edges, groups: [] }
}
