import type { Params } from '../fields'
import { type LayerParams, type LayerType, layers } from '../layers'
import type { OwnWeightSettings } from '../training/weightSettings'
import type { Comment } from './comment'
import type { List } from './list'

export interface Point {
  readonly x: number
  readonly y: number
}
interface NodeBase {
  readonly id: string
  readonly name: string
  /** Top left corner on the canvas, in pixels at zoom 1. */
  readonly position: Point
  readonly group?: string
  /** Id of the layer whose weights this one uses in place of its own, as the branches of a siamese network do. */
  readonly sharedWith?: string
  /** How its weights begin and move, where not as usual. */
  readonly weightSettings?: OwnWeightSettings
}
export type LayerNodeOf<T extends LayerType> = NodeBase & { readonly type: T; readonly params: LayerParams<T> }
/** A discriminated union over the registry: `node.type === 'conv2d'` gives `node.params` its type. */
export type LayerNode = { [T in LayerType]: LayerNodeOf<T> }[LayerType]
/** A layer of a type that this version does not know; kept as it came. */
export interface UnknownNode extends NodeBase {
  readonly type: 'unknown'
  readonly originalType: string
  readonly params: Readonly<Record<string, unknown>>
}
export type GraphNode = LayerNode | UnknownNode

/** A wire from an output port to an input port, both counted from 0. */
export interface Edge {
  readonly source: string
  readonly sourcePort: number
  readonly target: string
  readonly targetPort: number
}

/** Layers shown as one collapsible frame. `block` tells what made it. */
export interface Group {
  readonly id: string
  readonly name: string
  readonly parent?: string
  readonly collapsed: boolean
  readonly block?: { readonly type: string; readonly params: Params }
}

/**
 * A network. Lists, not records: one with an element replaced shares the rest with the list it came from, so that an edit costs the
 * same at any size, and inference finds what changed by comparing references.
 */
export interface Graph {
  readonly nodes: List<GraphNode>
  readonly edges: readonly Edge[]
  readonly groups: readonly Group[]
  readonly comments?: readonly Comment[]
  /** Which way the drawing flows; absent: down. */
  readonly direction?: Direction
}

export const directions = ['down', 'right'] as const
export type Direction = (typeof directions)[number]
export const directionOf = (graph: Graph): Direction => graph.direction ?? 'down'

export const emptyGraph: Graph = { nodes: [], edges: [], groups: [] }
export const edgeId = (e: Edge): string => `${e.source}:${e.sourcePort}-${e.target}:${e.targetPort}`
export const sameEdge = (a: Edge, b: Edge): boolean =>
  a.source === b.source && a.sourcePort === b.sourcePort && a.target === b.target && a.targetPort === b.targetPort

/** Node ids to places in `nodes`, kept per list. */
const indexes = new WeakMap<List<GraphNode>, ReadonlyMap<string, number>>()
export function indexOf(nodes: List<GraphNode>): ReadonlyMap<string, number> {
  let index = indexes.get(nodes)
  if (!index) {
    index = new Map(nodes.map((n, i) => [n.id, i]))
    indexes.set(nodes, index)
  }
  return index
}

interface Origin {
  readonly from: WeakRef<List<GraphNode>>
  readonly places: readonly number[]
}
const origins = new WeakMap<List<GraphNode>, Origin>()

/** Tells that `to` is `from` with other nodes, of the same ids, at some places: the index stays, and who follows need not search. */
export function replacedAt(from: List<GraphNode>, to: List<GraphNode>, places: readonly number[]): void {
  const index = indexes.get(from)
  if (index) indexes.set(to, index)
  origins.set(to, { from: new WeakRef(from), places })
}
/** Where `to` differs from `from`, if one was made from the other by one replacement: an edit, or its undoing. */
export function placesReplaced(from: List<GraphNode>, to: List<GraphNode>): readonly number[] | undefined {
  const between = (a: List<GraphNode>, b: List<GraphNode>) => {
    const origin = origins.get(b)
    return origin?.from.deref() === a ? origin.places : undefined
  }
  return between(from, to) ?? between(to, from)
}

export function findNode(graph: Graph, id: string): GraphNode | undefined {
  const at = indexOf(graph.nodes).get(id)
  return at === undefined ? undefined : graph.nodes.at(at)
}

/** `base`, or `base2`, `base3`, … : the first that is not taken. */
export function freshId(taken: { has(id: string): boolean }, base: string): string {
  if (!taken.has(base)) return base
  let n = 2
  while (taken.has(`${base}${n}`)) n++
  return `${base}${n}`
}

/** The id under which a layer's weights are kept: its own, or that of the layer that it shares them with. */
export const ownerOf = (node: GraphNode): string => node.sharedWith ?? node.id

export const outputCount = (node: GraphNode): number =>
  node.type === 'unknown' ? 1 : (layers[node.type].outputs?.length ?? 1)
