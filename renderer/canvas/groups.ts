import { type Edge, findNode, type Graph, type GraphNode, type Group, indexOf, type Point } from '#shared/graph/graph'
import { framePadding, nodeSize } from '#shared/graph/tidy'
import { layers } from '#shared/layers/index'

/** Groups and layers share one space of ids on the canvas. */
export const groupFlowId = (id: string): string => `group:${id}`
export const groupOfFlowId = (flowId: string): string | null =>
  flowId.startsWith('group:') ? flowId.slice('group:'.length) : null

export interface Box extends Point {
  readonly width: number
  readonly height: number
}
/** Written out: of thousands of layers per frame, spreading objects would be most of the work. */
export const boxOf = ({ position: { x, y } }: GraphNode): Box => ({
  x,
  y,
  width: nodeSize.width,
  height: nodeSize.height,
})
export const bottom = (b: Box): number => b.y + b.height

export const union = (boxes: readonly Box[]): Box | null => {
  if (boxes.length === 0) return null
  let [x, y, right, low] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  for (const b of boxes) {
    x = Math.min(x, b.x)
    y = Math.min(y, b.y)
    right = Math.max(right, b.x + b.width)
    low = Math.max(low, b.y + b.height)
  }
  return { x, y, width: right - x, height: low - y }
}

export interface GroupView {
  readonly group: Group
  /** Ids of all layers within, also of inner groups. */
  readonly members: readonly string[]
  /** Nesting: 0 for an outermost group. */
  readonly depth: number
  /** The frame when open. */
  readonly frame: Box
  /** The node when folded. */
  readonly folded: Box
  /** Not hidden inside a folded group. */
  readonly visible: boolean
}

export interface GroupViews {
  readonly byId: ReadonlyMap<string, GroupView>
  /** The flow id that stands for a layer: its own, or that of the outermost folded group around it. */
  standsFor(node: GraphNode): string
}

/** Geometry of all groups. Linear in the size of the graph for the usual nesting. */
export function viewGroups(graph: Graph): GroupViews {
  const groups = new Map(graph.groups.map((g) => [g.id, g]))
  const members = new Map<string, string[]>(graph.groups.map((g) => [g.id, []]))
  const content = new Map<string, Box[]>(graph.groups.map((g) => [g.id, []]))
  for (const n of graph.nodes) {
    if (n.group !== undefined) content.get(n.group)?.push(boxOf(n))
    for (let id = n.group; id !== undefined; id = groups.get(id)?.parent) members.get(id)?.push(n.id)
  }
  const chain = (id: string | undefined): Group[] => {
    const up: Group[] = []
    for (
      let g = id === undefined ? undefined : groups.get(id);
      g;
      g = g.parent === undefined ? undefined : groups.get(g.parent)
    )
      up.push(g)
    return up
  }
  const byId = new Map<string, GroupView>()
  // Innermost first: a frame holds the frames, or folded nodes, of its inner groups.
  const byDepth = graph.groups
    .map((group) => ({ group, up: chain(group.parent) }))
    .sort((a, b) => b.up.length - a.up.length)
  for (const { group, up } of byDepth) {
    const inner = union(content.get(group.id) ?? []) ?? { x: 0, y: 0, ...nodeSize }
    const frame = {
      x: inner.x - framePadding.side,
      y: inner.y - framePadding.top,
      width: inner.width + 2 * framePadding.side,
      height: inner.height + framePadding.top + framePadding.bottom,
    }
    const folded =
      graph.direction === 'right'
        ? { x: inner.x, y: Math.round(inner.y + (inner.height - nodeSize.height) / 2), ...nodeSize }
        : { x: Math.round(inner.x + (inner.width - nodeSize.width) / 2), y: inner.y, ...nodeSize }
    byId.set(group.id, {
      group,
      members: members.get(group.id) ?? [],
      depth: up.length,
      frame,
      folded,
      visible: !up.some((g) => g.collapsed),
    })
    if (group.parent !== undefined) content.get(group.parent)?.push(group.collapsed ? folded : frame)
  }
  const standIns = new Map<string, string>()
  for (const g of graph.groups) {
    const outermost = chain(g.id).findLast((up) => up.collapsed)
    if (outermost) standIns.set(g.id, groupFlowId(outermost.id))
  }
  return { byId, standsFor: (n) => (n.group !== undefined && standIns.get(n.group)) || n.id }
}

/** The layers that a selection means: groups stand for all that they hold. */
export function layersOf(graph: Graph, selection: Iterable<string>): readonly string[] {
  const ids = new Set<string>()
  let views: GroupViews | undefined
  for (const flowId of selection) {
    const group = groupOfFlowId(flowId)
    if (group === null) {
      if (indexOf(graph.nodes).has(flowId)) ids.add(flowId)
      continue
    }
    views ??= viewGroups(graph)
    for (const id of views.byId.get(group)?.members ?? []) ids.add(id)
  }
  return [...ids]
}

export interface Port {
  readonly node: string
  readonly port: number
}

/** Required inputs of a layer that nothing feeds yet. */
export function openInputs(graph: Graph, id: string): readonly Port[] {
  const node = findNode(graph, id)
  if (!node || node.type === 'unknown') return []
  const { min } = layers[node.type].inputs
  const taken = new Set(graph.edges.filter((e) => e.target === id).map((e) => e.targetPort))
  const open: Port[] = []
  for (let port = 0; open.length < min - taken.size; port++) if (!taken.has(port)) open.push({ node: id, port })
  return open
}

/** Where a wire to a group leads: its open inputs, else what one common source feeds now. Empty: nowhere in particular. */
export function entries(graph: Graph, members: readonly string[]): readonly Port[] {
  const open = members.flatMap((id) => openInputs(graph, id))
  if (open.length > 0) return open
  const inside = new Set(members)
  const feeding = graph.edges.filter((e) => inside.has(e.target) && !inside.has(e.source))
  const [first] = feeding
  const common = first && feeding.every((e) => e.source === first.source && e.sourcePort === first.sourcePort)
  return common ? feeding.map((e) => ({ node: e.target, port: e.targetPort })) : []
}

/** The one output that leaves a group, or that nothing uses yet; null where there are several. */
export function exitOf(graph: Graph, members: readonly string[]): Port | null {
  const inside = new Set(members)
  const used = new Set<string>()
  const leaving = new Map<string, Port>()
  const port = (e: Edge): Port => ({ node: e.source, port: e.sourcePort })
  for (const e of graph.edges) {
    if (!inside.has(e.source)) continue
    used.add(e.source)
    if (!inside.has(e.target)) leaving.set(`${e.source}:${e.sourcePort}`, port(e))
  }
  const loose = members.filter((id) => !used.has(id)).map((id) => ({ node: id, port: 0 }))
  const candidates = leaving.size > 0 ? [...leaving.values()] : loose
  return candidates.length === 1 ? (candidates[0] ?? null) : null
}
