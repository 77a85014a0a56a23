import { drawBlock } from '#shared/blocks/block'
import { type BlockType, blocks } from '#shared/blocks/index'
import { defaultsOf } from '#shared/fields'
import { applyEdits, type Edit, makeNode, transplant } from '#shared/graph/edits'
import { directionOf, findNode, freshId, type Graph, indexOf, type Point } from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'
import { type LayerType, layers } from '#shared/layers/index'
import { axesOf, endOf, middleOf, pointAt, tidyGap } from './axes'
import { commentBox, commentOfFlowId, findComment } from './comments'
import { type Box, boxOf, groupFlowId, groupOfFlowId, layersOf, union, viewGroups } from './groups'
import { turned } from './turn'
import { connectAll } from './wiring'

/** What the palette offers. */
export type Piece =
  | { readonly kind: 'layer'; readonly type: LayerType }
  | { readonly kind: 'block'; readonly type: BlockType }
  /** A block of the person's own, by its name. */
  | { readonly kind: 'own'; readonly type: string; readonly part: Graph }

export interface Placed {
  readonly edits: readonly Edit[]
  /** Flow id of what was added, to select it. */
  readonly flowId: string
}

const blockPart = (type: BlockType): Graph => drawBlock(type, blocks[type], defaultsOf(blocks[type].fields))

/** A block alone, as a graph draws it: at its own place, with the room that its frame takes and that of its layers. */
function drawPart(graph: Graph, piece: Exclude<Piece, { kind: 'layer' }>) {
  const part = turned(piece.kind === 'own' ? piece.part : blockPart(piece.type), directionOf(graph))
  const frames = [...viewGroups(part).byId.values()].map((v) => v.frame)
  const nodes = part.nodes.map(boxOf)
  const none: Box = { x: 0, y: 0, ...nodeSize }
  return { part, box: union([...nodes, ...frames]) ?? none, inner: union(nodes) ?? none }
}

/** Adds a piece with the middle of the edge where wires arrive at `at`: the upper one, or the left one. */
export function placeAt(graph: Graph, piece: Piece, at: Point): Placed {
  const axes = axesOf(graph)
  if (piece.kind === 'layer') {
    const id = freshId(indexOf(graph.nodes), piece.type)
    const corner = pointAt(axes, at[axes.along], at[axes.across] - nodeSize[axes.breadth] / 2)
    const position = { x: Math.round(corner.x), y: Math.round(corner.y) }
    const node = makeNode(piece.type, id, {}, position)
    return { edits: [{ type: 'add', nodes: [node], edges: [], groups: [] }], flowId: id }
  }
  const { part, box, inner } = drawPart(graph, piece)
  const move = pointAt(axes, at[axes.along] - box[axes.along], at[axes.across] - middleOf(inner, axes))
  const by = { x: Math.round(move.x), y: Math.round(move.y) }
  const add = transplant(graph, part, by)
  return { edits: [add], flowId: groupFlowId(add.groups.find((g) => g.parent === undefined)?.id ?? '') }
}

/**
 * Adds a piece behind the given layers and groups, along the flow, and wires it to them. Several can feed a merge only: for another piece, as for none,
 * the answer is null.
 */
export function placeAfter(graph: Graph, piece: Piece, flowIds: readonly string[]): Placed | null {
  const box = union(flowIds.flatMap((id) => boxOfFlowId(graph, id) ?? []))
  const merge = piece.kind === 'layer' && layers[piece.type].inputs.max === Number.POSITIVE_INFINITY
  const axes = axesOf(graph)
  const ids = new Set(layersOf(graph, flowIds))
  const inner = union(graph.nodes.filter((n) => ids.has(n.id)).map(boxOf))
  if (!box || !inner || (flowIds.length > 1 && !merge)) return null
  const at = freeSpot(graph, piece, pointAt(axes, endOf(box, axes) + tidyGap, middleOf(inner, axes)))
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

/** The nearest place at or beside `at` (the middle of the edge where wires arrive) where a piece covers no layer. */
export function freeSpot(graph: Graph, piece: Piece, at: Point): Point {
  const axes = axesOf(graph)
  const { along, across, breadth } = axes
  const size = piece.kind === 'layer' ? nodeSize : drawPart(graph, piece).box
  const [start, half] = [at[along], size[breadth] / 2]
  let middle = at[across]
  const covered = () =>
    graph.nodes.map(boxOf).find((b) => {
      const beside = b[across] >= middle + half || b[across] + b[breadth] <= middle - half
      return !beside && b[along] < start + size[axes.length] && endOf(b, axes) > start
    })
  for (let b = covered(); b; b = covered()) middle = b[across] + b[breadth] + half + tidyGap
  return pointAt(axes, start, middle)
}
