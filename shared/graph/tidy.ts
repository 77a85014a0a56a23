import { type Graph, type GraphNode, indexOf, type Point } from './graph'
import { layered } from './layered'
import { ENTRY, EXIT, type Level, levelsOf } from './levels'
import type { Box } from './rows'

/** Node size on the canvas, and the distances that keep wires readable, in pixels at zoom 1. */
export const nodeSize = { width: 208, height: 76 }
/** What a group's frame adds around its layers; the title stands in the upper part. */
export const framePadding = { top: 48, side: 20, bottom: 20 }
/** Wires go straight down from their source and bend this far above their target: there, between two rows, stands no layer. */
export const wireBend = 16
const gap = { x: 40, y: 40 }
const pitch = nodeSize.height + gap.y

/** A layer or a group among its siblings, with what is in it at fixed places. */
interface Item extends Box {
  readonly height: number
  readonly nodes: readonly { readonly node: number; readonly at: Point }[]
}

/**
 * Lays a graph out from top to bottom. Every group is laid out by itself and then stands among its siblings like one large layer, so that
 * frames never overlap. Wires from outside arrive at one entry in its top and leave at one exit in its bottom.
 */
export function tidy(graph: Graph): Graph {
  const { nodes: placed } = layOut(levelsOf(graph, indexOf(graph.nodes)), { top: 0, side: 0, bottom: 0 })
  const nodes: GraphNode[] = [...graph.nodes]
  for (const { node, at } of placed) {
    const n = nodes[node]
    if (n) nodes[node] = { ...n, position: { x: Math.round(at.x), y: Math.round(at.y) } }
  }
  return { ...graph, nodes }
}

function layOut(level: Level, padding: typeof framePadding): Item {
  const items = level.members.map((m) => (typeof m === 'number' ? nodeItem(m) : layOut(m, framePadding)))
  const boxes: Box[] = [...items]
  const border = (): number => boxes.push({ width: 0, rows: 1, entry: 0, exit: 0 }) - 1
  const entry = level.wires.some(([from]) => from === ENTRY) ? border() : -1
  const exit = level.wires.some(([, to]) => to === EXIT) ? border() : -1
  const wires = level.wires.map(([from, to]) => [from === ENTRY ? entry : from, to === EXIT ? exit : to] as const)
  const { x, y, left, right } = layered(boxes, wires, gap.x, pitch)
  const top = items.reduce((min, _, i) => Math.min(min, y[i] ?? 0), Number.POSITIVE_INFINITY) - padding.top
  const bottom = items.reduce((max, b, i) => Math.max(max, (y[i] ?? 0) + b.height), 0) + padding.bottom
  const start = left - padding.side
  const width = right - left + 2 * padding.side
  const height = bottom - top
  return {
    width,
    height,
    rows: Math.ceil((height + gap.y) / pitch),
    entry: entry < 0 ? width / 2 : (x[entry] ?? 0) - start,
    exit: exit < 0 ? width / 2 : (x[exit] ?? 0) - start,
    nodes: items.flatMap((b, i) =>
      b.nodes.map(({ node, at }) => ({ node, at: { x: at.x + (x[i] ?? 0) - start, y: at.y + (y[i] ?? 0) - top } })),
    ),
  }
}

const nodeItem = (node: number): Item => ({
  ...nodeSize,
  rows: 1,
  entry: nodeSize.width / 2,
  exit: nodeSize.width / 2,
  nodes: [{ node, at: { x: 0, y: 0 } }],
})
