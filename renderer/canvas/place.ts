import { drawBlock } from '#shared/blocks/block'
import { type BlockType, blocks } from '#shared/blocks/index'
import { defaultsOf } from '#shared/fields'
import { applyEdits, type Edit, makeNode, transplant } from '#shared/graph/edits'
import { findNode, freshId, type Graph, indexOf, type Point } from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'
import { type LayerType, layers } from '#shared/layers/index'
import { commentBox, commentOfFlowId, findComment } from './comments'
import { type Box, bottom, boxOf, groupFlowId, groupOfFlowId, union, viewGroups } from './groups'
import { connectAll } from './wiring'

/** What the palette offers. */
export type Piece =
  | { readonly kind: 'layer'; readonly type: LayerType }
  | { readonly kind: 'block'; readonly type: BlockType }
  /** A block of the person's own, by its name. */
  | { readonly kind: 'own'; readonly type: string; readonly part: Graph }

/** Distance between rows, as `tidy` leaves it. */
export const tidyGap = 40

export interface Placed {
  readonly edits: readonly Edit[]
  /** Flow id of what was added, to select it. */
  readonly flowId: string
}

const blockPart = (type: BlockType): Graph => drawBlock(type, blocks[type], defaultsOf(blocks[type].fields))

/** A block alone, at its own place, and the room that its frame takes. */
function drawPart(piece: Exclude<Piece, { kind: 'layer' }>): { readonly part: Graph; readonly box: Box } {
  const part = piece.kind === 'own' ? piece.part : blockPart(piece.type)
  const frames = [...viewGroups(part).byId.values()].map((v) => v.frame)
  return { part, box: union([...part.nodes.map(boxOf), ...frames]) ?? { x: 0, y: 0, ...nodeSize } }
}

/** Adds a piece with the middle of its upper edge at `at`. */
export function placeAt(graph: Graph, piece: Piece, at: Point): Placed {
  if (piece.kind === 'layer') {
    const id = freshId(indexOf(graph.nodes), piece.type)
    const position = { x: Math.round(at.x - nodeSize.width / 2), y: Math.round(at.y) }
    const node = makeNode(piece.type, id, {}, position)
    return { edits: [{ type: 'add', nodes: [node], edges: [], groups: [] }], flowId: id }
  }
  const { part, box } = drawPart(piece)
  const by = { x: Math.round(at.x - box.x - box.width / 2), y: Math.round(at.y - box.y) }
  const add = transplant(graph, part, by)
  return { edits: [add], flowId: groupFlowId(add.groups.find((g) => g.parent === undefined)?.id ?? '') }
}

/**
 * Adds a piece below the given layers and groups and wires it to them. Several can feed a merge only: for another piece, as for none,
 * the answer is null.
 */
export function placeAfter(graph: Graph, piece: Piece, flowIds: readonly string[]): Placed | null {
  const box = union(flowIds.flatMap((id) => boxOfFlowId(graph, id) ?? []))
  const merge = piece.kind === 'layer' && layers[piece.type].inputs.max === Number.POSITIVE_INFINITY
  if (!box || (flowIds.length > 1 && !merge)) return null
  const at = freeSpot(graph, piece, { x: box.x + box.width / 2, y: bottom(box) + tidyGap })
  const placed = placeAt(graph, piece, at)
  const wires = connectAll(applyEdits(graph, placed.edits), flowIds, placed.flowId)
  return { ...placed, edits: [...placed.edits, ...wires] }
}

export function boxOfFlowId(graph: Graph, flowId: string): Box | null {
  const group = groupOfFlowId(flowId)
  if (group !== null) {
    const view = viewGroups(graph).byId.get(group)
    return view ? (view.group.collapsed ? view.folded : view.frame) : null
  }
  const comment = commentOfFlowId(flowId)
  if (comment !== null) {
    const found = findComment(graph, comment)
    return found ? commentBox(found) : null
  }
  const node = findNode(graph, flowId)
  return node ? boxOf(node) : null
}

/** The nearest place at or right of `at` (the middle of its upper edge) where a piece covers no layer. */
export function freeSpot(graph: Graph, piece: Piece, at: Point): Point {
  const { width, height } = piece.kind === 'layer' ? nodeSize : drawPart(piece).box
  let x = at.x
  const covered = () =>
    graph.nodes
      .map(boxOf)
      .find((b) => b.x < x + width / 2 && b.x + b.width > x - width / 2 && b.y < at.y + height && bottom(b) > at.y)
  for (let b = covered(); b; b = covered()) x = b.x + b.width + width / 2 + tidyGap
  return { x, y: at.y }
}
