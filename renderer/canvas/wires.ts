import { type Direction, type Edge, edgeId, findNode, type Graph } from '#shared/graph/graph'
import { axesIn, endOf, flipBox, pointAt } from './axes'
import type { FlowNode, WireEdge } from './flow'
import type { Box, GroupViews } from './groups'
import { PORT, portsOf, shareOf } from './ports'
import { flipRun, laneOf } from './routing'
import { inHandle, outHandle } from './wiring'

/** What is drawn from where to where, wherever that stands. */
interface Line {
  readonly id: string
  readonly from: End
  readonly to: End
  readonly edges: readonly Edge[]
}
interface End {
  /** The flow id of the layer, or of the folded group around it. */
  readonly id: string
  readonly handle: string
  /** Place of its port along the side, from 0 to 1. */
  readonly share: number
}

export function linesOf(graph: Graph, views: GroupViews): readonly Line[] {
  const end = (id: string, port: number, side: 'source' | 'target'): End | null => {
    const node = findNode(graph, id)
    if (!node) return null
    const stand = views.standsFor(node)
    const { inputs, outputs } = stand === id ? portsOf(node) : { inputs: 1, outputs: 1 }
    const count = side === 'source' ? outputs : inputs
    const at = count === 1 ? 0 : port
    return { id: stand, handle: side === 'source' ? outHandle(at) : inHandle(at), share: shareOf(at, count) }
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
  return [...lines].map(([id, line]) => ({ id, ...line }))
}

export interface DrawnWires {
  readonly lines: readonly Line[]
  readonly direction: Direction
  /** Where layers and folded groups stand. */
  readonly boxes: ReadonlyMap<string, Box>
  readonly byId: ReadonlyMap<string, WireEdge>
  readonly wires: WireEdge[]
}

/**
 * Finds every line its way. Of `before`, what is drawn the same is kept as the same object; where only some nodes have moved, a way is
 * looked for only for wires that hang at one of them, or that pass where one stood or stands now.
 */
export function drawWires(
  lines: readonly Line[],
  nodes: readonly FlowNode[],
  direction: Direction,
  selected: ReadonlySet<string>,
  before: DrawnWires | undefined,
): DrawnWires {
  const axes = axesIn(direction)
  const right = direction === 'right'
  const boxes = new Map<string, Box>()
  const moved: Box[] = []
  for (const { id, type, position, width = 0, height = 0 } of nodes) {
    if (type === 'frame' || type === 'comment') continue
    const was = before?.boxes.get(id)
    const stays = was?.x === position.x && was.y === position.y
    const box = stays ? was : { x: position.x, y: position.y, width, height }
    boxes.set(id, box)
    if (!stays) moved.push(box, ...(was ? [was] : []))
  }
  const known = before?.lines === lines && before.direction === direction ? before : null
  let sorted: readonly Box[] | undefined
  const boxesInOrder = () => {
    sorted ??= [...boxes.values()].map((b) => (right ? flipBox(b) : b)).sort((a, b) => a.y - b.y)
    return sorted
  }
  const wires = lines.flatMap(({ id, from, to, edges }): WireEdge[] => {
    const [source, target] = [boxes.get(from.id), boxes.get(to.id)]
    if (!source || !target) return []
    const start = endOf(source, axes)
    const end = target[axes.along]
    const was = before?.byId.get(id)
    const keepsWay =
      known?.boxes.get(from.id) === source &&
      known.boxes.get(to.id) === target &&
      !moved.some((b) => b[axes.along] < end && endOf(b, axes) > start)
    const way = () => {
      const across = (b: Box, share: number) => b[axes.across] + b[axes.breadth] * share
      const run = {
        from: pointAt(axes, start + PORT / 2, across(source, from.share)),
        to: pointAt(axes, end - PORT / 2, across(target, to.share)),
      }
      return laneOf(right ? flipRun(run) : run, boxesInOrder())
    }
    const lane = keepsWay && was?.data ? was.data.lane : way()
    if (
      was?.data &&
      was.data.lane === lane &&
      was.selected === selected.has(id) &&
      was.sourceHandle === from.handle &&
      was.targetHandle === to.handle &&
      was.data.edges.length === edges.length &&
      was.data.edges.every((e, i) => e === edges[i])
    )
      return [was]
    return [
      {
        id,
        type: 'wire',
        source: from.id,
        sourceHandle: from.handle,
        target: to.id,
        targetHandle: to.handle,
        data: { edges, lane },
        selected: selected.has(id),
      },
    ]
  })
  return { lines, direction, boxes, wires, byId: new Map(wires.map((w) => [w.id, w])) }
}
