import { drawBlock } from '#shared/blocks/block'
import { type BlockType, blocks } from '#shared/blocks/index'
import { defaultsOf } from '#shared/fields'
import { applyEdits, type Edit, makeNode, transplant } from '#shared/graph/edits'
import { findNode, freshId, type Graph, indexOf, type Point } from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'
import type { LayerType } from '#shared/layers/index'
import { type Box, bottom, boxOf, groupFlowId, groupOfFlowId, union, viewGroups } from './groups'
import { connectEdits, inHandle, outHandle } from './wiring'

/** What the palette offers: a layer or a block. */
export type Piece =
  | { readonly kind: 'layer'; readonly type: LayerType }
  | { readonly kind: 'block'; readonly type: BlockType }

/** Distance between rows, as `tidy` leaves it. */
export const tidyGap = 40

export interface Placed {
  readonly edits: readonly Edit[]
  /** Flow id of what was added, to select it. */
  readonly flowId: string
}

/** Adds a piece with its middle at `at`. */
export function placeAt(graph: Graph, piece: Piece, at: Point): Placed {
  if (piece.kind === 'layer') {
    const id = freshId(indexOf(graph.nodes), piece.type)
    const position = { x: Math.round(at.x - nodeSize.width / 2), y: Math.round(at.y - nodeSize.height / 2) }
    const node = makeNode(piece.type, id, {}, position)
    return { edits: [{ type: 'add', nodes: [node], edges: [], groups: [] }], flowId: id }
  }
  const def = blocks[piece.type]
  const part = drawBlock(piece.type, def, defaultsOf(def.fields))
  const box = union(part.nodes.map(boxOf)) ?? { x: 0, y: 0, ...nodeSize }
  const by = { x: Math.round(at.x - box.x - box.width / 2), y: Math.round(at.y - box.y - nodeSize.height / 2) }
  const add = transplant(graph, part, by)
  return { edits: [add], flowId: groupFlowId(add.groups[0]?.id ?? '') }
}

/** Adds a piece below the selected layer or group and wires it to that, where it takes an input. */
export function placeAfter(graph: Graph, piece: Piece, flowId: string): Placed | null {
  const box = boxOfFlowId(graph, flowId)
  if (!box) return null
  const at = freeSpot(graph, { x: box.x + box.width / 2, y: bottom(box) + tidyGap + nodeSize.height / 2 })
  const placed = placeAt(graph, piece, at)
  const wire = { source: flowId, sourceHandle: outHandle(0), target: placed.flowId, targetHandle: inHandle(0) }
  const added = applyEdits(graph, placed.edits)
  return { ...placed, edits: [...placed.edits, ...connectEdits(added, wire)] }
}

export function boxOfFlowId(graph: Graph, flowId: string): Box | null {
  const group = groupOfFlowId(flowId)
  if (group !== null) {
    const view = viewGroups(graph).byId.get(group)
    return view ? (view.group.collapsed ? view.folded : view.frame) : null
  }
  const node = findNode(graph, flowId)
  return node ? boxOf(node) : null
}

/** The nearest place at or right of `at` (a middle) where a node covers no other. */
export function freeSpot(graph: Graph, at: Point): Point {
  const step = nodeSize.width + 48
  let x = at.x
  const covered = () =>
    graph.nodes.some(
      (n) =>
        Math.abs(n.position.x + nodeSize.width / 2 - x) < nodeSize.width &&
        Math.abs(n.position.y + nodeSize.height / 2 - at.y) < nodeSize.height,
    )
  while (covered()) x += step
  return { x, y: at.y }
}
