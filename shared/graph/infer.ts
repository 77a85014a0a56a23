import { sameField } from '../analysis/receptiveField'
import { sameShape } from '../layer'
import { draft, type Problem, toProblem } from '../problems'
import { createAmender } from './amend'
import { type Edge, type Graph, type GraphNode, outputCount, placesReplaced, sameEdge } from './graph'
import { asArray, type List } from './list'
import { computeNode, type NodeResult, noTotals, type Totals } from './nodeResult'
import { type Slot, topologicalOrder } from './order'

/** What is known about a whole network. A live view of the engine that made it: read it before the next update. */
export interface Inference {
  node(id: string): NodeResult | undefined
  readonly totals: Totals
  /** Of all nodes in the graph's order, then of the network itself. */
  problems(): readonly Problem[]
  /** Node ids in an order in which every layer comes after what feeds it. */
  order(): readonly string[]
  /** Ids of the nodes whose result the last update replaced. */
  readonly changed: readonly string[]
}

export interface InferenceEngine {
  /** Infers a graph, re-doing only what differs from the graph of the last call. Never throws. */
  update(graph: Graph): Inference
}

const pending: NodeResult = {
  inputs: [],
  outputs: [],
  weights: [],
  totals: noTotals,
  receptiveField: null,
  problems: [],
  known: false,
}

/** Stand-ins for lists of wires that are still empty: most layers get one wire, and an array of one takes far less than a grown one. */
const nothing: Slot['incoming'] = []
const nowhere: Slot['outgoing'] = []

/** From scratch. */
export const infer = (graph: Graph): Inference => createInference().update(graph)

/**
 * The incremental form. Nodes and wires that differ are found by reference behind the common head and before the common tail of the two
 * arrays; from there changes spread in topological order and stop where size and receptive field come out as before.
 */
export function createInference(): InferenceEngine {
  const slots = new Map<string, Slot>()
  let nodes: List<GraphNode> = []
  let edges: readonly Edge[] = []
  let order: (Slot | null)[] = []
  let cyclic = false
  /** Problems are listed on demand from these. */
  const troubled = new Set<Slot>()
  const amender = createAmender()
  const sums = { trainable: 0, nonTrainable: 0, macs: 0, flops: 0, activationBytes: 0 }
  let inputs = 0
  /** Wires that end or start at a node that is not there (yet). */
  const loose = new Set<Edge>()

  /** Sums beyond 2⁵³ are inexact, so that subtracting leaves crumbs: then they are added up anew, in the graph's order. */
  let inexact = false
  const unsafe = () => {
    inexact ||= Object.values(sums).some((n) => !Number.isSafeInteger(n))
    return inexact
  }
  const resum = () => {
    for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] = 0
    for (const n of nodes) account(slots.get(n.id)?.result.totals ?? noTotals, 1)
    inexact = Object.values(sums).some((n) => !Number.isSafeInteger(n))
  }

  const account = (t: Totals, sign: 1 | -1) => {
    sums.trainable += sign * t.params.trainable
    sums.nonTrainable += sign * t.params.nonTrainable
    sums.macs += sign * t.macs
    sums.flops += sign * t.flops
    sums.activationBytes += sign * t.activationBytes
  }

  return {
    update(graph) {
      let dirty = 0
      let first = Number.POSITIVE_INFINITY
      let reorder = false
      const mark = (slot: Slot) => {
        if (!slot.dirty) {
          slot.dirty = true
          dirty++
        }
        if (slot.rank < first) first = slot.rank
      }
      const link = (edge: Edge) => {
        const [source, target] = [slots.get(edge.source), slots.get(edge.target)]
        if (!source || !target) loose.add(edge)
        if (source && target) {
          if (source.outgoing === nowhere) source.outgoing = [target]
          else source.outgoing.push(target)
          if (source.rank >= target.rank) reorder = true
        }
        if (target) {
          if (target.incoming === nothing) target.incoming = [{ edge, source }]
          else target.incoming.push({ edge, source })
          mark(target)
        }
      }
      const unlink = (edge: Edge) => {
        loose.delete(edge)
        const [source, target] = [slots.get(edge.source), slots.get(edge.target)]
        if (source && target) source.outgoing.splice(source.outgoing.indexOf(target), 1)
        if (target) {
          target.incoming = target.incoming.filter((i) => i.edge !== edge && !sameEdge(i.edge, edge))
          mark(target)
        }
        if (cyclic) reorder = true
      }

      if (graph.edges !== edges) {
        const [gone, come] = differences(edges, graph.edges)
        const nodeDiff = graph.nodes === nodes ? undefined : nodeDifferences(nodes, graph.nodes)
        for (const e of gone) unlink(e)
        if (nodeDiff) changeNodes(nodeDiff)
        for (const e of come) link(e)
      } else if (graph.nodes !== nodes) changeNodes(nodeDifferences(nodes, graph.nodes))

      function changeNodes([gone, come]: readonly [readonly GraphNode[], readonly GraphNode[]]) {
        const coming = new Set(gone.length > 0 ? come.map((n) => n.id) : [])
        const lost: Slot[] = []
        for (const n of gone) {
          const slot = slots.get(n.id)
          if (!slot || coming.has(n.id)) continue
          lost.push(slot)
          slots.delete(n.id)
          order[slot.rank] = null
          troubled.delete(slot)
          amender.removed(slot)
          account(slot.result.totals, -1)
          if (n.type === 'input') inputs--
          if (slot.dirty) dirty--
        }
        // Wires of the graph that outlive their node are kept aside.
        for (const slot of lost)
          for (const target of slot.outgoing)
            if (slots.has(target.node.id)) {
              target.incoming = target.incoming.map((i) => {
                if (i.source !== slot) return i
                loose.add(i.edge)
                return { edge: i.edge, source: undefined }
              })
              mark(target)
            }
        for (const slot of lost)
          for (const i of slot.incoming) {
            loose.add(i.edge)
            if (i.source) i.source.outgoing.splice(i.source.outgoing.indexOf(slot), 1)
          }
        if (cyclic && lost.length > 0) reorder = true
        let fresh = false
        for (const n of come) {
          const slot = slots.get(n.id)
          if (slot) {
            if (slot.node.type === 'input') inputs--
            const same =
              slot.node.type === n.type &&
              slot.node.params === n.params &&
              slot.node.weightSettings === n.weightSettings &&
              slot.node.sharedWith === n.sharedWith
            slot.node = n
            if (!same || slot.result.problems.length > 0) mark(slot)
          } else {
            const made: Slot = {
              node: n,
              result: pending,
              incoming: nothing,
              outgoing: nowhere,
              rank: order.length,
              dirty: false,
              inCycle: false,
            }
            slots.set(n.id, made)
            order.push(made)
            mark(made)
            fresh = true
          }
          if (n.type === 'input') inputs++
        }
        if (fresh && loose.size > 0)
          for (const e of [...loose]) {
            const target = slots.get(e.target)
            if (target) target.incoming = target.incoming.filter((i) => i.edge !== e)
            loose.delete(e)
            link(e)
          }
      }

      nodes = graph.nodes
      edges = graph.edges
      if (reorder || order.length > 2 * slots.size + 64) {
        const sorted = topologicalOrder(nodes.flatMap((n) => slots.get(n.id) ?? []))
        order = sorted.order
        cyclic = sorted.cyclic
        for (const slot of sorted.changed) {
          mark(slot)
          for (const next of slot.outgoing) mark(next)
        }
        first = 0
      }

      const changed: string[] = []
      for (let at = first; dirty > 0 && at < order.length; at++) {
        const slot = order[at]
        if (!slot?.dirty) continue
        slot.dirty = false
        dirty--
        const before = slot.result
        const incoming = slot.inCycle ? slot.incoming.map(outsideLoop) : slot.incoming
        const after = computeNode(slot.node, incoming, slot.inCycle)
        slot.result = after
        amender.computed(slot)
        changed.push(slot.node.id)
        account(before.totals, -1)
        account(after.totals, 1)
        if (after.problems.length > 0) troubled.add(slot)
        else troubled.delete(slot)
        if (!sameOutputs(before, after))
          for (const next of slot.outgoing) if (!(slot.inCycle && next.inCycle)) mark(next)
      }
      let fresh: Set<string> | undefined
      amender.amend(slots, (slot, before) => {
        account(before.totals, -1)
        account(slot.result.totals, 1)
        if (slot.result.problems.length > 0) troubled.add(slot)
        else troubled.delete(slot)
        fresh ??= new Set(changed)
        if (!fresh.has(slot.node.id)) changed.push(slot.node.id)
      })
      if (unsafe()) resum()

      const total = sums.trainable + sums.nonTrainable
      const hasInput = inputs > 0
      return {
        node: (id) => slots.get(id)?.result,
        totals: {
          params: { trainable: sums.trainable, nonTrainable: sums.nonTrainable, total },
          macs: sums.macs,
          flops: sums.flops,
          weightBytes: total * 4,
          activationBytes: sums.activationBytes,
        },
        problems: () => listProblems(graph, troubled, hasInput),
        order: () => order.flatMap((s) => (s ? [s.node.id] : [])),
        changed,
      }
    },
  }
}

/** Within a loop nothing is known about what comes from the loop itself. */
const outsideLoop = ({ edge, source }: Slot['incoming'][number]) => ({
  edge,
  source: source?.inCycle ? { result: unknownResult(source.node) } : source,
})

const unknownResult = (node: GraphNode): NodeResult => ({
  ...pending,
  outputs: Array.from({ length: outputCount(node) }, () => null),
})

function listProblems(graph: Graph, troubled: ReadonlySet<Slot>, hasInput: boolean): readonly Problem[] {
  const own: Problem[] = []
  if (troubled.size > 0) {
    const ids = new Map([...troubled].map((s) => [s.node.id, s]))
    for (const n of graph.nodes) own.push(...(ids.get(n.id)?.result.problems ?? []))
  }
  if (graph.nodes.length === 0) own.push(toProblem(draft('empty', {}), ''))
  else if (!hasInput) own.push(toProblem(draft('noInputLayer', {}), ''))
  return own
}

const sameOutputs = (a: NodeResult, b: NodeResult): boolean =>
  a.outputs.length === b.outputs.length &&
  a.outputs.every((s, i) => sameShape(s, b.outputs[i] ?? null)) &&
  sameField(a.receptiveField, b.receptiveField)

function nodeDifferences(from: List<GraphNode>, to: List<GraphNode>): Differences<GraphNode> {
  const places = placesReplaced(from, to)
  if (!places) return differences(asArray(from), asArray(to))
  const at = (nodes: List<GraphNode>) => places.flatMap((i) => nodes.at(i) ?? [])
  return [at(from), at(to)]
}

type Differences<T> = readonly [gone: readonly T[], come: readonly T[]]

/** What stands in one array only, between the common head and the common tail; by reference. */
function differences<T>(from: readonly T[], to: readonly T[]): Differences<T> {
  const shorter = Math.min(from.length, to.length)
  let head = 0
  while (head < shorter && from[head] === to[head]) head++
  let tail = 0
  while (tail < shorter - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++
  return minus(from.slice(head, from.length - tail), to.slice(head, to.length - tail))
}

function minus<T>(a: readonly T[], b: readonly T[]): Differences<T> {
  if (a.length === 0 || b.length === 0) return [a, b]
  const [inA, inB] = [new Set(a), new Set(b)]
  return [a.filter((x) => !inB.has(x)), b.filter((x) => !inA.has(x))]
}
