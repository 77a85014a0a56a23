import { applyEdits, type Edit } from '#shared/graph/edits'
import { type Edge, findNode, type Graph, type Point } from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'
import { layers } from '#shared/layers/index'
import { axesOf, endOf, middleOf, pointAt, tidyGap } from './axes'
import { boxOf } from './groups'
import { boxOfFlowId, type Piece, type Placed, placeAt } from './place'
import { makeRoom } from './room'
import { connectEdits, inHandle, outHandle } from './wiring'

/** Can a piece stand in a wire? It needs an input and an output. */
const canInsert = (piece: Piece): boolean => piece.kind !== 'layer' || layers[piece.type].inputs.max > 0

/**
 * Puts a piece into a wire. Where there is too little room between its ends, everything from the target onwards moves on along the
 * flow. A piece without inputs is added beside the wire.
 */
export function placeInWire(graph: Graph, piece: Piece, edge: Edge, at: Point): Placed {
  const [source, target] = [findNode(graph, edge.source), findNode(graph, edge.target)]
  if (!source || !target || !canInsert(piece)) return placeAt(graph, piece, at)
  const from = boxOf(source)
  const to = boxOf(target)
  const axes = axesOf(graph)
  const inLine = Math.abs(from[axes.across] - to[axes.across]) < nodeSize[axes.breadth]
  const next = pointAt(axes, endOf(from, axes) + tidyGap, middleOf(from, axes))
  const group = source.group === target.group ? source.group : undefined
  const placed = within(placeAt(graph, piece, inLine ? next : at), group)
  const added = applyEdits(graph, placed.edits)
  const box = boxOfFlowId(added, placed.flowId)
  const need = box && inLine ? endOf(box, axes) + tidyGap - to[axes.along] : 0
  const wires: readonly Edit[] = [
    { type: 'disconnect', edge },
    ...connectEdits(added, {
      source: edge.source,
      sourceHandle: outHandle(edge.sourcePort),
      target: placed.flowId,
      targetHandle: inHandle(0),
    }),
  ]
  const rewired = applyEdits(added, wires)
  // At a merge the new wire takes the old one's place, so that the order of its inputs stays.
  const onward = connectEdits(rewired, {
    source: placed.flowId,
    sourceHandle: outHandle(0),
    target: edge.target,
    targetHandle: inHandle(edge.targetPort),
  })
  return {
    flowId: placed.flowId,
    edits: [...makeRoom(graph, axes.along, { from: to[axes.along], by: need }), ...placed.edits, ...wires, ...onward],
  }
}

/** What stands in a wire of a group belongs to the group. */
function within({ edits, flowId }: Placed, group: string | undefined): Placed {
  if (group === undefined) return { edits, flowId }
  const join = (e: Edit): Edit =>
    e.type === 'add'
      ? {
          ...e,
          nodes: e.nodes.map((n) => (n.group === undefined ? { ...n, group } : n)),
          groups: e.groups.map((g) => (g.parent === undefined ? { ...g, parent: group } : g)),
        }
      : e
  return { edits: edits.map(join), flowId }
}
