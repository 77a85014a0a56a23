import { useEffect } from 'react'
import { edgeId, indexOf } from '#shared/graph/graph'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { commentFlowId } from './comments'
import { groupFlowId } from './groups'

/** Drops from the selection what an edit, or undo, took off the canvas. */
export function useLiveSelection(): void {
  const graph = useDocument((s) => s.document.graph)
  useEffect(() => {
    const { selection, wires } = useView.getState()
    const index = indexOf(graph.nodes)
    const others = new Set([
      ...graph.groups.map((g) => groupFlowId(g.id)),
      ...(graph.comments ?? []).map((c) => commentFlowId(c.id)),
    ])
    const there = [...selection].filter((id) => index.has(id) || others.has(id))
    if (there.length < selection.size) useView.setState({ selection: new Set(there) })
    if (wires.size === 0) return
    const edges = new Set(graph.edges.map(edgeId))
    // A line between folded blocks stands for several wires and is not one of them.
    const left = [...wires].filter((id) => edges.has(id) || id.includes('>'))
    if (left.length < wires.size) useView.setState({ wires: new Set(left) })
  }, [graph])
}
