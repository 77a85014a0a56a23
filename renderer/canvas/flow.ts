import type { Edge as FlowEdge, Node } from '@xyflow/react'
import type { Comment } from '#shared/graph/comment'
import { type Direction, directionOf, type Edge, type Graph, type GraphNode, type Group } from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'
import { commentFlowId } from './comments'
import { type Box, type GroupView, type GroupViews, groupFlowId, viewGroups } from './groups'
import { handlesOf, portsOf } from './ports'
import { type DrawnWires, drawWires, linesOf } from './wires'

/** What the layer says, its node reads from the document: so typing in the inspector leaves the drawing as it is. */
export type LayerFlowNode = Node<{ readonly kind: GraphNode['type'] }, 'layer'>
export type FoldedFlowNode = Node<{ readonly group: Group; readonly members: readonly string[] }, 'folded'>
export type FrameFlowNode = Node<{ readonly group: Group; readonly members: readonly string[] }, 'frame'>
export type CommentFlowNode = Node<{ readonly comment: Comment }, 'comment'>
export type FlowNode = LayerFlowNode | FoldedFlowNode | FrameFlowNode | CommentFlowNode
/** `edges` are the wires that one drawn line stands for: several between folded groups. */
export type WireEdge = FlowEdge<{ readonly edges: readonly Edge[]; readonly lane: number | null }, 'wire'>

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
    const same = last && sameWiring(last.graph, graph) ? last : null
    const still = same && samePlaces(same.graph, graph) ? same : null
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
    const drawn =
      still?.wires === wires
        ? still.drawn
        : drawWires(same?.drawn.lines ?? linesOf(graph, views), nodes, direction, wires, last?.drawn)
    // Where a drag bends no wire, React Flow need not go through all of them.
    const edges = before && sameItems(before.edges, drawn.wires) ? before.edges : drawn.wires
    const flow = before?.edges === edges && sameItems(before.nodes, nodes) ? before : { nodes, edges }
    last = { graph, selection, wires, views, drawn, flow }
    return flow
  }
}

interface Last {
  readonly graph: Graph
  readonly selection: ReadonlySet<string>
  readonly wires: ReadonlySet<string>
  readonly views: GroupViews
  readonly drawn: DrawnWires
  readonly flow: Flow
}

/** The same layers, wires and groups: what was moved is at most elsewhere. */
const sameWiring = (a: Graph, b: Graph): boolean =>
  a.edges === b.edges &&
  directionOf(a) === directionOf(b) &&
  a.groups === b.groups &&
  a.nodes.length === b.nodes.length &&
  a.nodes.every((n, i) => {
    const m = b.nodes.at(i)
    return m === n || (m?.id === n.id && m.group === n.group && m.type === n.type)
  })
/** Nothing moved: an edit of parameters or names leaves all geometry as it is. */
const samePlaces = (a: Graph, b: Graph): boolean =>
  a.nodes.every((n, i) => {
    const m = b.nodes.at(i)
    return m === n || m?.position === n.position
  })

const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i])

const sameBox = (n: FlowNode, b: Box): boolean =>
  n.position.x === b.x && n.position.y === b.y && n.width === b.width && n.height === b.height
