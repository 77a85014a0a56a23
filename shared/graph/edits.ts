import { defaultsOf, type FieldValue } from '../fields'
import { type LayerType, layers } from '../layers'
import { changedSettings, type OwnWeightSettings } from '../training/weightSettings'
import type { Comment } from './comment'
import {
  type Direction,
  directionOf,
  type Edge,
  findNode,
  freshId,
  type Graph,
  type GraphNode,
  type Group,
  indexOf,
  type LayerNode,
  type Point,
  replacedAt,
  sameEdge,
} from './graph'
import { replaced } from './list'

/** Every change of a network, as data: what menus, fixes and the history are made of. */
export type Edit =
  | {
      readonly type: 'add'
      readonly nodes: readonly GraphNode[]
      readonly edges: readonly Edge[]
      readonly groups: readonly Group[]
      readonly comments?: readonly Comment[]
    }
  /** With `rewire`, what fed a removed layer feeds what it fed. */
  | { readonly type: 'remove'; readonly ids: readonly string[]; readonly rewire?: boolean }
  | { readonly type: 'setParams'; readonly id: string; readonly params: Readonly<Record<string, FieldValue>> }
  /** How the weights of layers begin and move. What is as usual leaves no trace. */
  | { readonly type: 'setWeightSettings'; readonly ids: readonly string[]; readonly settings: OwnWeightSettings }
  /** Lets a layer use the weights of another in place of its own; null: its own again. */
  | { readonly type: 'share'; readonly id: string; readonly with: string | null }
  | { readonly type: 'rename'; readonly id: string; readonly name: string }
  | { readonly type: 'move'; readonly positions: Readonly<Record<string, Point>> }
  /** Replaces the wire that ends at the same port of a layer with a fixed number of inputs. */
  | { readonly type: 'connect'; readonly edge: Edge }
  | { readonly type: 'disconnect'; readonly edge: Edge }
  /** Puts a layer into a wire, under a fresh id if its own is taken. */
  | { readonly type: 'insert'; readonly edge: Edge; readonly node: GraphNode }
  | { readonly type: 'setGroup'; readonly id: string; readonly change: Partial<Pick<Group, 'name' | 'collapsed'>> }
  /** Puts layers into a new group (a frame); layers of other groups move over. */
  | { readonly type: 'group'; readonly group: Group; readonly ids: readonly string[] }
  | { readonly type: 'ungroup'; readonly id: string }
  | { readonly type: 'setComment'; readonly id: string; readonly change: Partial<Omit<Comment, 'id'>> }
  | { readonly type: 'removeComments'; readonly ids: readonly string[] }
  /** Tells which way the drawing flows; moving the layers is for edits beside it. */
  | { readonly type: 'setDirection'; readonly direction: Direction }

/** A layer with its type's defaults. */
export function makeNode<T extends LayerType>(
  type: T,
  id: string,
  params: Readonly<Record<string, FieldValue>> = {},
  position: Point = { x: 0, y: 0 },
  name = layers[type].label,
): LayerNode {
  return { id, type, name, position, params: { ...defaultsOf(layers[type].fields), ...params } } as LayerNode
}

export const isVariadic = (node: GraphNode): boolean =>
  node.type !== 'unknown' && layers[node.type].inputs.max === Number.POSITIVE_INFINITY

/** Applies an edit. Pure; an edit that names something absent leaves the graph as it is (the same object). */
export function applyEdit(graph: Graph, edit: Edit): Graph {
  switch (edit.type) {
    case 'add': {
      const taken = new Set(indexOf(graph.nodes).keys())
      const nodes = edit.nodes.filter((n) => !taken.has(n.id) && taken.add(n.id))
      return {
        ...graph,
        nodes: [...graph.nodes, ...nodes],
        edges: [...graph.edges, ...edit.edges],
        groups: [...graph.groups, ...edit.groups],
        ...(edit.comments && { comments: [...(graph.comments ?? []), ...edit.comments] }),
      }
    }
    case 'remove':
      return remove(graph, new Set(edit.ids), edit.rewire ?? false)
    case 'setParams':
      return replace(graph, edit.id, (n) =>
        n.type === 'unknown' ? n : ({ ...n, params: { ...n.params, ...edit.params } } as LayerNode),
      )
    case 'setWeightSettings':
      return replaceAll(
        graph,
        edit.ids.map((id) => [
          id,
          ({ weightSettings, ...n }) => {
            const settings = changedSettings(weightSettings, edit.settings)
            return { ...n, ...(settings && { weightSettings: settings }) }
          },
        ]),
      )
    case 'share':
      return replace(graph, edit.id, ({ sharedWith: _, ...n }) =>
        edit.with === null ? n : { ...n, sharedWith: edit.with },
      )
    case 'rename':
      return replace(graph, edit.id, (n) => ({ ...n, name: edit.name }))
    case 'move':
      return replaceAll(
        graph,
        Object.entries(edit.positions).map(([id, position]) => [id, (n) => ({ ...n, position })]),
      )
    case 'connect':
      return connect(graph, edit.edge)
    case 'disconnect': {
      const edges = graph.edges.filter((e) => !sameEdge(e, edit.edge))
      return edges.length === graph.edges.length ? graph : { ...graph, edges }
    }
    case 'insert': {
      const { edge } = edit
      if (!graph.edges.some((e) => sameEdge(e, edge))) return graph
      const node = { ...edit.node, id: freshId(indexOf(graph.nodes), edit.node.id) }
      const added = applyEdit(graph, { type: 'add', nodes: [node], edges: [], groups: [] })
      const edges = added.edges.map((e) => (sameEdge(e, edge) ? { ...e, source: node.id, sourcePort: 0 } : e))
      const into = { source: edge.source, sourcePort: edge.sourcePort, target: node.id, targetPort: 0 }
      return { ...added, edges: [...edges, into] }
    }
    case 'setGroup':
      return { ...graph, groups: graph.groups.map((g) => (g.id === edit.id ? { ...g, ...edit.change } : g)) }
    case 'group': {
      const ids = new Set(edit.ids)
      const nodes = graph.nodes.map((n) => (ids.has(n.id) ? { ...n, group: edit.group.id } : n))
      return dropEmptyGroups({ ...graph, nodes, groups: [...graph.groups, edit.group] })
    }
    case 'setComment':
      return graph.comments?.some((c) => c.id === edit.id)
        ? { ...graph, comments: graph.comments.map((c) => (c.id === edit.id ? { ...c, ...edit.change } : c)) }
        : graph
    case 'removeComments': {
      const comments = graph.comments?.filter((c) => !edit.ids.includes(c.id))
      return comments && comments.length < (graph.comments?.length ?? 0) ? { ...graph, comments } : graph
    }
    case 'setDirection':
      return directionOf(graph) === edit.direction ? graph : { ...graph, direction: edit.direction }
    case 'ungroup': {
      const parent = graph.groups.find((g) => g.id === edit.id)?.parent
      const lift = <T extends { group?: string }>(n: T): T => {
        const { group: _, ...rest } = n
        return (parent === undefined ? rest : { ...rest, group: parent }) as T
      }
      return {
        ...graph,
        nodes: graph.nodes.map((n) => (n.group === edit.id ? lift(n) : n)),
        groups: graph.groups
          .filter((g) => g.id !== edit.id)
          .map((g) => {
            if (g.parent !== edit.id) return g
            const { parent: _, ...rest } = g
            return parent === undefined ? rest : { ...rest, parent }
          }),
      }
    }
  }
}

export const applyEdits = (graph: Graph, edits: readonly Edit[]): Graph => edits.reduce(applyEdit, graph)

type Change = (n: GraphNode) => GraphNode
const replace = (graph: Graph, id: string, change: Change): Graph => replaceAll(graph, [[id, change]])

function replaceAll(graph: Graph, changes: readonly (readonly [id: string, change: Change])[]): Graph {
  const index = indexOf(graph.nodes)
  const changed = new Map<number, GraphNode>()
  for (const [id, change] of changes) {
    const at = index.get(id)
    const node = at === undefined ? undefined : (changed.get(at) ?? graph.nodes.at(at))
    if (at !== undefined && node) changed.set(at, change(node))
  }
  if (changed.size === 0) return graph
  const nodes = replaced(graph.nodes, [...changed])
  replacedAt(graph.nodes, nodes, [...changed.keys()])
  return { ...graph, nodes }
}

function connect(graph: Graph, edge: Edge): Graph {
  const target = findNode(graph, edge.target)
  if (!target || !indexOf(graph.nodes).has(edge.source)) return graph
  if (graph.edges.some((e) => sameEdge(e, edge))) return graph
  if (!isVariadic(target)) {
    const edges = graph.edges.filter((e) => e.target !== edge.target || e.targetPort !== edge.targetPort)
    return { ...graph, edges: [...edges, edge] }
  }
  // A merge takes the wire at its next free port.
  const ports = graph.edges.filter((e) => e.target === edge.target).map((e) => e.targetPort)
  const targetPort = ports.includes(edge.targetPort) ? Math.max(...ports) + 1 : edge.targetPort
  return { ...graph, edges: [...graph.edges, { ...edge, targetPort }] }
}

function remove(graph: Graph, ids: ReadonlySet<string>, rewire: boolean): Graph {
  const nodes = graph.nodes.filter((n) => !ids.has(n.id))
  if (nodes.length === graph.nodes.length) return graph
  const edges = graph.edges.filter((e) => !ids.has(e.source) && !ids.has(e.target))
  if (rewire) {
    const feeding = new Map(graph.edges.filter((e) => e.targetPort === 0).map((e) => [e.target, e]))
    const feeder = (id: string, seen: ReadonlySet<string>): Edge | undefined => {
      const into = feeding.get(id)
      if (!into || seen.has(into.source)) return undefined
      return ids.has(into.source) ? feeder(into.source, new Set([...seen, into.source])) : into
    }
    for (const e of graph.edges) {
      if (!ids.has(e.source) || ids.has(e.target)) continue
      const from = feeder(e.source, new Set([e.source]))
      if (from) edges.push({ ...e, source: from.source, sourcePort: from.sourcePort })
    }
  }
  return dropEmptyGroups({ ...graph, nodes, edges })
}

function dropEmptyGroups(graph: Graph): Graph {
  const parents = new Map(graph.groups.map((g) => [g.id, g.parent]))
  const used = new Set<string>()
  for (const n of graph.nodes)
    for (let id = n.group; id !== undefined && !used.has(id); id = parents.get(id)) used.add(id)
  return graph.groups.every((g) => used.has(g.id))
    ? graph
    : { ...graph, groups: graph.groups.filter((g) => used.has(g.id)) }
}

/** Copies nodes with the wires and groups among them, and comments, under fresh ids, moved by `by`: paste, duplicate, insert a template. */
export function transplant(into: Graph, part: Graph, by: Point): Extract<Edit, { type: 'add' }> {
  const taken = new Set(indexOf(into.nodes).keys())
  const takenGroups = new Set(into.groups.map((g) => g.id))
  const ids = new Map<string, string>()
  for (const n of part.nodes) {
    const id = freshId(taken, n.id)
    taken.add(id)
    ids.set(n.id, id)
  }
  const groupIds = new Map<string, string>()
  for (const g of part.groups) {
    const id = freshId(takenGroups, g.id)
    takenGroups.add(id)
    groupIds.set(g.id, id)
  }
  const moved = ({ x, y }: Point): Point => ({ x: x + by.x, y: y + by.y })
  const takenComments = new Set(into.comments?.map((c) => c.id))
  const comments = part.comments?.map((c) => {
    const id = freshId(takenComments, c.id)
    takenComments.add(id)
    return { ...c, id, position: moved(c.position) }
  })
  const groupOf = (id: string | undefined): string | undefined => (id === undefined ? undefined : groupIds.get(id))
  return {
    type: 'add',
    nodes: part.nodes.map((n) => {
      const { group, sharedWith, ...rest } = n
      const to = groupOf(group)
      // Among copies, with the copy; alone, with the same layer as the original, if it is here.
      const owner = sharedWith === undefined ? undefined : (ids.get(sharedWith) ?? findNode(into, sharedWith)?.id)
      return {
        ...rest,
        id: ids.get(n.id) ?? n.id,
        position: moved(n.position),
        ...(to !== undefined && { group: to }),
        ...(owner !== undefined && { sharedWith: owner }),
      } as GraphNode
    }),
    edges: part.edges.flatMap((e) => {
      const [source, target] = [ids.get(e.source), ids.get(e.target)]
      return source !== undefined && target !== undefined ? [{ ...e, source, target }] : []
    }),
    groups: part.groups.map((g) => {
      const { parent, ...rest } = g
      const to = groupOf(parent)
      return { ...rest, id: groupIds.get(g.id) ?? g.id, ...(to !== undefined && { parent: to }) }
    }),
    ...(comments && { comments }),
  }
}
