import type { Direction, Point } from '#shared/graph/graph'
import { wireBend } from '#shared/graph/tidy'
import { flipPoint } from './axes'
import { type Box, bottom } from './groups'

/** All here is told for wires that run down; those that run right are mirrored. */

/** Room between a wire that goes round nodes and those nodes. */
const CLEAR = 24
/** How far below its source a wire turns into its lane. */
const DROP = 12

export interface Run {
  readonly from: Point
  readonly to: Point
}

/**
 * A wire goes straight down from its source and bends just above its target, the way for which `tidy` keeps room. Where a node stands
 * in that way, this finds the nearest free way down beside it: its x, or null where the straight way is free. `boxes` are sorted by y.
 */
export function laneOf({ from, to }: Run, boxes: readonly Box[]): number | null {
  // Too close for a way round.
  if (to.y - from.y < 2 * (DROP + wireBend)) return null
  const between = boxesBetween(boxes, from.y + 1, to.y - 1)
  const hit = (x: number) => between.find((b) => x > b.x - CLEAR / 2 && x < b.x + b.width + CLEAR / 2)
  if (!hit(from.x)) return null
  if (!hit(to.x)) return to.x
  const search = (x: number, step: (b: Box) => number): number => {
    for (let b = hit(x), tries = 0; b && tries <= between.length; b = hit(x), tries++) x = step(b)
    return x
  }
  const right = search(to.x, (b) => b.x + b.width + CLEAR)
  const left = search(to.x, (b) => b.x - CLEAR)
  const detour = (x: number) => Math.abs(x - from.x) + Math.abs(x - to.x)
  return detour(left) < detour(right) ? left : right
}

/** Boxes that overlap the open range from y0 to y1. All boxes have one height. */
function boxesBetween(boxes: readonly Box[], y0: number, y1: number): readonly Box[] {
  const reach = y0 - (boxes[0]?.height ?? 0)
  let [low, high] = [0, boxes.length]
  while (low < high) {
    const mid = (low + high) >> 1
    if ((boxes[mid]?.y ?? 0) < reach) low = mid + 1
    else high = mid
  }
  const found: Box[] = []
  for (let i = low; i < boxes.length; i++) {
    const b = boxes[i]
    if (!b || b.y >= y1) break
    if (bottom(b) > y0) found.push(b)
  }
  return found
}

const RADIUS = 8

/** A run as one that runs down, or such a one back. */
export const flipRun = ({ from, to }: Run): Run => ({ from: flipPoint(from), to: flipPoint(to) })

/** The path of a wire that runs along the flow; see `laneOf`. */
export function wirePath(run: Run, lane: number | null, direction: Direction): string {
  const { from, to } = direction === 'right' ? flipRun(run) : run
  const bend = to.y - wireBend
  const way: Point[] = [from]
  if (lane !== null) way.push({ x: from.x, y: from.y + DROP }, { x: lane, y: from.y + DROP })
  way.push({ x: lane ?? from.x, y: bend }, { x: to.x, y: bend }, to)
  return rounded(direction === 'right' ? way.map(flipPoint) : way)
}

/** A path through points that turn by right angles, with rounded corners. */
function rounded(points: readonly Point[]): string {
  const way = points.filter((p, i) => i === 0 || p.x !== points[i - 1]?.x || p.y !== points[i - 1]?.y)
  return way
    .map((p, i) => {
      const [a, b] = [way[i - 1], way[i + 1]]
      if (!a) return `M${p.x},${p.y}`
      if (!b) return `L${p.x},${p.y}`
      const [before, after] = [towards(p, a), towards(p, b)]
      return `L${before.x},${before.y}Q${p.x},${p.y} ${after.x},${after.y}`
    })
    .join('')
}

/** A corner's radius from `p` in the direction of `q`, at most halfway. */
function towards(p: Point, q: Point): Point {
  const length = Math.hypot(q.x - p.x, q.y - p.y)
  const share = Math.min(RADIUS / length, 0.5)
  return { x: p.x + (q.x - p.x) * share, y: p.y + (q.y - p.y) * share }
}
