import { type Graph, type GraphNode, indexOf } from './graph'

/** Node size on the canvas, and the distances that keep wires readable, in pixels at zoom 1. */
export const nodeSize = { width: 184, height: 64 }
const gap = { x: 48, y: 40 }

/**
 * Lays a graph out from top to bottom, for graphs drawn by code: each layer one row below the lowest of what feeds it; branches stand side
 * by side, centred on where they part. Nodes come in topological order. Linear in the size of the graph.
 */
export function tidy(graph: Graph): Graph {
  const index = indexOf(graph.nodes)
  const feeds: number[][] = graph.nodes.map(() => [])
  const fed: number[][] = graph.nodes.map(() => [])
  for (const e of graph.edges) {
    const [from, to] = [index.get(e.source), index.get(e.target)]
    if (from === undefined || to === undefined) continue
    feeds[from]?.push(to)
    fed[to]?.push(from)
  }
  const rows: number[] = []
  const byRow: number[][] = []
  graph.nodes.forEach((_, i) => {
    const row = Math.max(-1, ...(fed[i] ?? []).map((f) => rows[f] ?? 0)) + 1
    rows[i] = row
    byRow[row] ??= []
    byRow[row].push(i)
  })
  const xs: number[] = []
  const width = nodeSize.width + gap.x
  for (const row of byRow) {
    const wished = (row ?? []).map((i) => ({ i, x: wish(i, fed, feeds, xs, width) }))
    wished.sort((a, b) => a.x - b.x)
    spread(wished, width)
    for (const { i, x } of wished) xs[i] = x
  }
  const left = Math.min(0, ...xs)
  const nodes = graph.nodes.map(
    (n, i): GraphNode => ({
      ...n,
      position: { x: Math.round((xs[i] ?? 0) - left), y: (rows[i] ?? 0) * (nodeSize.height + gap.y) },
    }),
  )
  return { ...graph, nodes }
}

/** Below the middle of what feeds it; as one of several branches, at its place among them. */
function wish(
  i: number,
  fed: readonly number[][],
  feeds: readonly number[][],
  xs: readonly number[],
  width: number,
): number {
  const sources = fed[i] ?? []
  if (sources.length === 0) return 0
  const only = sources.length === 1 ? sources[0] : undefined
  if (only === undefined) return sources.reduce((sum, s) => sum + (xs[s] ?? 0), 0) / sources.length
  const siblings = feeds[only] ?? []
  return (xs[only] ?? 0) + (siblings.indexOf(i) - (siblings.length - 1) / 2) * width
}

/** Moves apart what overlaps in a row, keeping its middle where it was. */
function spread(row: { x: number }[], width: number): void {
  const before = row.reduce((sum, n) => sum + n.x, 0)
  for (let k = 1; k < row.length; k++) {
    const [a, b] = [row[k - 1], row[k]]
    if (a && b && b.x < a.x + width) b.x = a.x + width
  }
  const shift = (row.reduce((sum, n) => sum + n.x, 0) - before) / Math.max(row.length, 1)
  for (const n of row) n.x -= shift
}
