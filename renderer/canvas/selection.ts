import { useEffect } from 'react'
import { edgeId, findNode, type Graph } from '#shared/graph/graph'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { commentOfFlowId, findComment } from './comments'
import { groupOfFlowId } from './groups'

/** Drops from the selection what an edit, or undo, took off the canvas. */
export function useLiveSelection(): void {
  useEffect(() => {
    dropGone(useDocument.getState().document.graph)
    return useDocument.subscribe(({ document: { graph } }, before) => {
      if (graph !== before.document.graph) dropGone(graph)
    })
  }, [])
}

function dropGone(graph: Graph): void {
  const { selection, wires } = useView.getState()
  const isThere = (flowId: string): boolean => {
    const [group, comment] = [groupOfFlowId(flowId), commentOfFlowId(flowId)]
    if (group !== null) return graph.groups.some((g) => g.id === group)
    return comment !== null ? findComment(graph, comment) !== undefined : findNode(graph, flowId) !== undefined
  }
  const there = [...selection].filter(isThere)
  if (there.length < selection.size) useView.setState({ selection: new Set(there) })
  if (wires.size === 0) return
  const edges = new Set(graph.edges.map(edgeId))
  // A line between folded blocks stands for several wires and is not one of them.
  const left = [...wires].filter((id) => edges.has(id) || id.includes('>'))
  if (left.length < wires.size) useView.setState({ wires: new Set(left) })
}
