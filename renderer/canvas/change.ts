import { applyEdits, type Edit } from '#shared/graph/edits'
import { type Edge, findNode, type Point } from '#shared/graph/graph'
import { framePadding, nodeSize } from '#shared/graph/tidy'
import type { Fix } from '#shared/problems'
import { graphEdit, useDocument } from '../store/document'
import { useView } from '../store/view'
import { axesOf } from './axes'
import { commentOfFlowId } from './comments'
import { groupOfFlowId, viewGroups } from './groups'
import { placeInWire } from './insert'
import { boxOfFlowId, type Piece, type Placed, placeAfter, placeAt } from './place'
import { connectEdits, type Drawn } from './wiring'

/** Records one undo step; no edits, no step. */
export function change(label: string, edits: readonly Edit[]): void {
  if (edits.length > 0) useDocument.getState().edit(label, graphEdit(...edits))
}

/** What a click on a problem's fix does, as one undo step. */
export function applyFix({ edits, training }: Fix): void {
  const draw = graphEdit(...edits)
  useDocument.getState().edit('fix', (d) => {
    const drawn = draw(d)
    return training ? { ...drawn, training: { ...drawn.training, ...training } } : drawn
  })
}

/** Adds what was dropped onto a wire into that wire. */
export const insertInto = (piece: Piece, edge: Edge, at: Point): void =>
  add(placeInWire(useDocument.getState().document.graph, piece, edge, at), 'insert')

/** Adds a piece and wires it to an open end: a port from which a wire was drawn into the void. */
export function addAtEnd(piece: Piece, at: Point, wire: (flowId: string) => Drawn): void {
  const { graph } = useDocument.getState().document
  const placed = placeAt(graph, piece, at)
  const edits = connectEdits(applyEdits(graph, placed.edits), wire(placed.flowId))
  add({ ...placed, edits: [...placed.edits, ...edits] })
}

function add(placed: Placed, label = 'add'): void {
  change(label, placed.edits)
  useView.getState().select([placed.flowId])
}

/** Adds what was dropped: its first layer lies under the pointer. */
export const addAt = (piece: Piece, at: Point): void => {
  const { graph } = useDocument.getState().document
  const { along, length } = axesOf(graph)
  const padding = along === 'y' ? framePadding.top : framePadding.side
  const back = nodeSize[length] / 2 + (piece.kind !== 'layer' ? padding : 0)
  add(placeAt(graph, piece, { ...at, [along]: at[along] - back }))
}

/** Adds a piece behind the selected layer or block, a merge behind several, wired to them; else at `fallback`. Returns its flow id. */
export function addNext(piece: Piece, fallback: Point): string {
  const { graph } = useDocument.getState().document
  const placed = placeAfter(graph, piece, [...useView.getState().selection]) ?? placeAt(graph, piece, fallback)
  add(placed)
  return placed.flowId
}

/** New places of what is on the canvas, by flow id; a group takes all its layers along. */
export function moveEdits(moves: ReadonlyMap<string, Point>): readonly Edit[] {
  const { graph } = useDocument.getState().document
  const positions: Record<string, Point> = {}
  const edits: Edit[] = []
  const views = [...moves.keys()].some((id) => groupOfFlowId(id) !== null) ? viewGroups(graph) : null
  for (const [flowId, to] of moves) {
    const comment = commentOfFlowId(flowId)
    if (comment !== null) {
      edits.push({ type: 'setComment', id: comment, change: { position: to } })
      continue
    }
    const id = groupOfFlowId(flowId)
    if (id === null) {
      positions[flowId] = to
      continue
    }
    const view = views?.byId.get(id)
    if (!view) continue
    const from = view.group.collapsed ? view.folded : view.frame
    for (const member of view.members) {
      const was = findNode(graph, member)?.position
      if (was && !moves.has(member)) positions[member] = { x: was.x + to.x - from.x, y: was.y + to.y - from.y }
    }
  }
  return [...edits, { type: 'move', positions }]
}

/** Moves what is selected a little. */
export function nudgeSelection(by: Point): void {
  const { graph } = useDocument.getState().document
  const moves = new Map<string, Point>()
  for (const flowId of useView.getState().selection) {
    const box = boxOfFlowId(graph, flowId)
    if (box) moves.set(flowId, { x: box.x + by.x, y: box.y + by.y })
  }
  change('move', moveEdits(moves))
}
