import { useRef } from 'react'
import { findNode, type GraphNode } from '#shared/graph/graph'
import { useDocument } from './document'

/**
 * What a layer says: the same object until its name, parameters or settings change, so that a drag renders nothing again. Its place and
 * block in it may be out of date.
 */
export function useLayer(id: string): GraphNode | undefined {
  const last = useRef<GraphNode | undefined>(undefined)
  return useDocument((s) => {
    const node = findNode(s.document.graph, id)
    if (!node || !last.current || !saysSame(last.current, node)) last.current = node
    return last.current
  })
}

const saysSame = (a: GraphNode, b: GraphNode): boolean =>
  a.id === b.id &&
  a.type === b.type &&
  a.name === b.name &&
  a.params === b.params &&
  a.weightSettings === b.weightSettings &&
  a.sharedWith === b.sharedWith
