import { applyEdits, type Edit } from '#shared/graph/edits'
import { type Direction, directionOf, type Graph, type Point } from '#shared/graph/graph'
import { framePadding, nodeSize } from '#shared/graph/tidy'
import { tidyGap } from './axes'
import { viewGroups } from './groups'

/** A step from row to row becomes one from column to column. */
const ALONG = (nodeSize.width + tidyGap) / (nodeSize.height + tidyGap)

/**
 * How much closer columns stand once they are rows: layers are wide and low, so less room is needed, but frames have their titles above
 * them. `depth` is how many frames lie in each other.
 */
function acrossScale(depth: number): number {
  const column = nodeSize.width + tidyGap + 2 * depth * framePadding.side
  const row = nodeSize.height + tidyGap / 2 + depth * (framePadding.top + framePadding.bottom)
  return Math.max(row / column, 1 / ALONG)
}

/** The edits that let a drawing flow the other way, keeping its arrangement; turned back, all is where it was, but for roundings. */
export function turnEdits(graph: Graph, direction: Direction): readonly Edit[] {
  if (directionOf(graph) === direction) return []
  const depth = Math.max(0, ...[...viewGroups(graph).byId.values()].map((v) => v.depth + 1))
  const across = acrossScale(depth)
  const turn = ({ x, y }: Point): Point =>
    direction === 'right'
      ? { x: Math.round(y * ALONG), y: Math.round(x * across) }
      : { x: Math.round(y / across), y: Math.round(x / ALONG) }
  return [
    { type: 'setDirection', direction },
    { type: 'move', positions: Object.fromEntries(graph.nodes.map((n) => [n.id, turn(n.position)])) },
    ...(graph.comments ?? []).map(
      (c): Edit => ({ type: 'setComment', id: c.id, change: { position: turn(c.position) } }),
    ),
  ]
}

/** A part as it is drawn in a network that flows this way. */
export const turned = (part: Graph, direction: Direction): Graph => applyEdits(part, turnEdits(part, direction))
