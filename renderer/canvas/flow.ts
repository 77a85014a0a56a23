import type { Edge as FlowEdge, Node, NodeHandle } from '@xyflow/react'
import type { Comment } from '#shared/graph/comment'
import { isVariadic } from '#shared/graph/edits'
import {
  type Direction,
  directionOf,
  type Edge,
  edgeId,
  findNode,
  type Graph,
  type GraphNode,
  type Group,
  outputCount,
} from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'
import { layers } from '#shared/layers/index'
import { axesOf, endOf, flipBox, pointAt } from './axes'
import { commentFlowId } from './comments'
import { sides } from './direction'
import { type Box, boxOf, type GroupView, type GroupViews, groupFlowId, viewGroups } from './groups'
import { flipRun, laneOf } from './routing'
import { inHandle, outHandle } from './wiring'

/** What the layer says, its node reads from the document: so typing in the inspector leaves the drawing as it is. */
export type LayerFlowNode = Node<{ readonly kind: GraphNode['type'] }, 'layer'>
export type FoldedFlowNode = Node<{ readonly group: Group; readonly members: readonly string[] }, 'folded'>
export type FrameFlowNode = Node<{ readonly group: Group; readonly members: readonly string[] }, 'frame'>
export type CommentFlowNode = Node<{ readonly comment: Comment }, 'comment'>
export type FlowNode = LayerFlowNode | FoldedFlowNode | FrameFlowNode | CommentFlowNode
/** `edges` are the wires that one drawn line stands for: several between folded groups. */
export type WireEdge = FlowEdge<{ readonly edges: readonly Edge[]; readonly lane: number | null }, 'wire'>

const PORT = 10
function handle(type: 'source' | 'target', id: string, share: number, direction: Direction): NodeHandle {
  const { width, height } = nodeSize
  const at =
    direction === 'right'
      ? { x: type === 'target' ? 0 : width, y: height * share }
      : { x: width * share, y: type === 'target' ? 0 : height }
  const position = sides[direction][type]
  return { id, type, position, x: at.x - PORT / 2, y: at.y - PORT / 2, width: PORT, height: PORT }
}

/** How many ports a layer's node shows; one of `many` takes any number of wires. */
export interface PortsShown {
  readonly inputs: number
  readonly outputs: number
  readonly many: boolean
}
export function portsOf(node: GraphNode): PortsShown {
  if (node.type === 'unknown') return { inputs: 1, outputs: 1, many: false }
  const many = isVariadic(node)
  return { inputs: many ? 1 : layers[node.type].inputs.max, outputs: outputCount(node), many }
}

/** Ports stand at even distances along their side. */
export const shareOf = (port: number, count: number): number => (port + 1) / (count + 1)

const handleLists = new Map<string, NodeHandle[]>()
/** Given beforehand, so that wires are drawn without measuring nodes. */
function handlesOf(inputs: number, outputs: number, direction: Direction): NodeHandle[] {
  const key = `${inputs}/${outputs}/${direction}`
  let list = handleLists.get(key)
  if (!list) {
    list = [
      ...Array.from({ length: inputs }, (_, i) => handle('target', inHandle(i), shareOf(i, inputs), direction)),
      ...Array.from({ length: outputs }, (_, i) => handle('source', outHandle(i), shareOf(i, outputs), direction)),
    ]
    handleLists.set(key, list)
  }
  return list
}

export interface Flow {
  readonly nodes: FlowNode[]
  readonly edges: WireEdge[]
}

/**
 * Turns a graph into what React Flow draws. What is drawn the same comes back as the same object, down to the whole flow: an edit of
 * parameters or names changes nothing here.
 */
export function createFlow(): (graph: Graph, selection: ReadonlySet<string>, wires: ReadonlySet<string>) => Flow {
  type Drawn = { readonly plain?: LayerFlowNode; readonly selected?: LayerFlowNode }
  const drawnLayers = { down: new WeakMap<GraphNode, Drawn>(), right: new WeakMap<GraphNode, Drawn>() }
  const drawnComments = new WeakMap<Comment, CommentFlowNode>()
  let drawnGroups = new Map<string, FoldedFlowNode | FrameFlowNode>()
  let drawnWires = new Map<string, WireEdge>()
  let last: Last | null = null

  /** `before` is what stood in its place. */
  const layer = (node: GraphNode, selected: boolean, direction: Direction, before?: FlowNode): LayerFlowNode => {
    const drawn = drawnLayers[direction].get(node) ?? {}
    const key = selected ? 'selected' : 'plain'
    const known = drawn[key]
    if (known) return known
    const { inputs, outputs } = portsOf(node)
    const { x, y } = node.position
    const handles = handlesOf(inputs, outputs, direction)
    const isSame =
      before?.type === 'layer' &&
      before.id === node.id &&
      before.data.kind === node.type &&
      before.handles === handles &&
      before.selected === selected &&
      before.position.x === x &&
      before.position.y === y
    const made: LayerFlowNode = isSame
      ? before
      : { id: node.id, type: 'layer', position: { x, y }, data: { kind: node.type }, ...nodeSize, handles, selected }
    drawnLayers[direction].set(node, { ...drawn, [key]: made })
    return made
  }

  const group = (v: GroupView, selected: boolean, direction: Direction): FoldedFlowNode | FrameFlowNode => {
    const id = groupFlowId(v.group.id)
    const box = v.group.collapsed ? v.folded : v.frame
    const known = drawnGroups.get(id)
    if (
      known?.data.group === v.group &&
      known.selected === selected &&
      sameBox(known, box) &&
      (known.type === 'frame' || known.handles === handlesOf(1, 1, direction)) &&
      known.data.members.length === v.members.length
    )
      return known
    const common = {
      id,
      position: { x: box.x, y: box.y },
      width: box.width,
      height: box.height,
      data: { group: v.group, members: v.members },
      selected,
    }
    if (v.group.collapsed) return { ...common, type: 'folded', handles: handlesOf(1, 1, direction) }
    // Only the title takes the pointer: one selects and drags inside a frame as outside.
    return {
      ...common,
      type: 'frame',
      zIndex: -10 + v.depth,
      style: { pointerEvents: 'none' },
      dragHandle: '.nl-frame-title',
    }
  }

  const comment = (c: Comment, selected: boolean): CommentFlowNode => {
    const known = drawnComments.get(c)
    if (known?.selected === selected) return known
    const { position, size } = c
    // In front of frames, behind layers and wires.
    const made: CommentFlowNode = {
      id: commentFlowId(c.id),
      type: 'comment',
      position: { ...position },
      ...size,
      zIndex: -1,
      data: { comment: c },
      selected,
    }
    drawnComments.set(c, made)
    return made
  }

  return (graph, selection, wires) => {
    if (last?.graph === graph && last.selection === selection && last.wires === wires) return last.flow
    const direction = directionOf(graph)
    const still = last && samePlaces(last.graph, graph) ? last : null
    const views = still?.views ?? viewGroups(graph)
    const nodes: FlowNode[] = []
    const groups = new Map<string, FoldedFlowNode | FrameFlowNode>()
    for (const v of views.byId.values()) {
      if (!v.visible) continue
      const drawn = group(v, selection.has(groupFlowId(v.group.id)), direction)
      groups.set(drawn.id, drawn)
      nodes.push(drawn)
    }
    drawnGroups = groups
    for (const c of graph.comments ?? []) nodes.push(comment(c, selection.has(commentFlowId(c.id))))
    for (const n of graph.nodes)
      if (views.standsFor(n) === n.id)
        nodes.push(layer(n, selection.has(n.id), direction, last?.flow.nodes[nodes.length]))
    const before = last?.flow
    const wired = still?.wires === wires ? still.flow.edges : drawWires(graph, views, nodes, wires, drawnWires)
    // Where a drag bends no wire, React Flow need not go through all of them.
    const edges = before && sameItems(before.edges, wired) ? before.edges : wired
    if (edges !== before?.edges) drawnWires = new Map(edges.map((e) => [e.id, e]))
    const flow = before?.edges === edges && sameItems(before.nodes, nodes) ? before : { nodes, edges }
    last = { graph, selection, wires, views, flow }
    return flow
  }
}

interface Last {
  readonly graph: Graph
  readonly selection: ReadonlySet<string>
  readonly wires: ReadonlySet<string>
  readonly views: GroupViews
  readonly flow: Flow
}

/** Nothing moved, and the same wires and groups: an edit of parameters or names leaves all geometry as it is. */
const samePlaces = (a: Graph, b: Graph): boolean =>
  a.edges === b.edges &&
  directionOf(a) === directionOf(b) &&
  a.groups === b.groups &&
  a.nodes.length === b.nodes.length &&
  a.nodes.every((n, i) => {
    const m = b.nodes.at(i)
    return m === n || (m?.id === n.id && m.position === n.position && m.group === n.group && m.type === n.type)
  })

const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i])

const sameBox = (n: FlowNode, b: Box): boolean =>
  n.position.x === b.x && n.position.y === b.y && n.width === b.width && n.height === b.height

interface End {
  readonly id: string
  readonly handle: string
  readonly box: Box
  /** Its port's place across the flow. */
  readonly across: number
}

function drawWires(
  graph: Graph,
  views: GroupViews,
  nodes: readonly FlowNode[],
  selected: ReadonlySet<string>,
  before: ReadonlyMap<string, WireEdge>,
): WireEdge[] {
  const axes = axesOf(graph)
  const right = graph.direction === 'right'
  const boxes = nodes
    .flatMap((n): Box[] => (n.type === 'frame' || n.type === 'comment' ? [] : [{ ...n.position, ...nodeSize }]))
    .map((b) => (right ? flipBox(b) : b))
    .sort((a, b) => a.y - b.y)

  const end = (id: string, port: number, side: 'source' | 'target'): End | null => {
    const node = findNode(graph, id)
    if (!node) return null
    const stand = views.standsFor(node)
    const folded = stand === id ? undefined : views.byId.get(stand.slice('group:'.length))?.folded
    const box = folded ?? boxOf(node)
    const { inputs, outputs } = folded ? { inputs: 1, outputs: 1 } : portsOf(node)
    const count = side === 'source' ? outputs : inputs
    const at = count === 1 ? 0 : port
    const handle = side === 'source' ? outHandle(at) : inHandle(at)
    return { id: stand, handle, box, across: box[axes.across] + box[axes.breadth] * shareOf(at, count) }
  }

  const lines = new Map<string, { from: End; to: End; edges: Edge[] }>()
  for (const e of graph.edges) {
    const [from, to] = [end(e.source, e.sourcePort, 'source'), end(e.target, e.targetPort, 'target')]
    if (!from || !to || from.id === to.id) continue
    const plain = from.id === e.source && to.id === e.target
    const id = plain ? edgeId(e) : `${from.id}>${to.id}`
    const line = lines.get(id)
    if (line) line.edges.push(e)
    else lines.set(id, { from, to, edges: [e] })
  }
  return [...lines].map(([id, { from, to, edges }]): WireEdge => {
    const run = {
      from: pointAt(axes, endOf(from.box, axes) + PORT / 2, from.across),
      to: pointAt(axes, to.box[axes.along] - PORT / 2, to.across),
    }
    const lane = laneOf(right ? flipRun(run) : run, boxes)
    const known = before.get(id)
    if (
      known?.data &&
      known.data.lane === lane &&
      known.selected === selected.has(id) &&
      known.sourceHandle === from.handle &&
      known.targetHandle === to.handle &&
      known.data.edges.length === edges.length &&
      known.data.edges.every((e, i) => e === edges[i])
    )
      return known
    return {
      id,
      type: 'wire',
      source: from.id,
      sourceHandle: from.handle,
      target: to.id,
      targetHandle: to.handle,
      data: { edges, lane },
      selected: selected.has(id),
    }
  })
}
