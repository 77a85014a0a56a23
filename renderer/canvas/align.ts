import type { Graph, Point } from '#shared/graph/graph'
import { type Box, union } from './groups'
import { boxOfFlowId } from './place'

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom'
export type Axis = 'x' | 'y'

const places: Readonly<Record<Alignment, (box: Box, all: Box) => Point>> = {
  left: (b, all) => ({ x: all.x, y: b.y }),
  center: (b, all) => ({ x: all.x + (all.width - b.width) / 2, y: b.y }),
  right: (b, all) => ({ x: all.x + all.width - b.width, y: b.y }),
  top: (b, all) => ({ x: b.x, y: all.y }),
  middle: (b, all) => ({ x: b.x, y: all.y + (all.height - b.height) / 2 }),
  bottom: (b, all) => ({ x: b.x, y: all.y + all.height - b.height }),
}

/** New places that bring the edges or middles of several nodes into one line. */
export function align(graph: Graph, flowIds: readonly string[], how: Alignment): ReadonlyMap<string, Point> {
  const boxes = flowIds.flatMap((id) => {
    const box = boxOfFlowId(graph, id)
    return box ? [{ id, box }] : []
  })
  const all = union(boxes.map((b) => b.box))
  return new Map(all ? boxes.map(({ id, box }) => [id, places[how](box, all)]) : [])
}

/** New places that leave equal room between several nodes; the outermost stay. */
export function distribute(graph: Graph, flowIds: readonly string[], axis: Axis): ReadonlyMap<string, Point> {
  const size = axis === 'x' ? 'width' : 'height'
  const boxes = flowIds
    .flatMap((id) => {
      const box = boxOfFlowId(graph, id)
      return box ? [{ id, box }] : []
    })
    .sort((a, b) => a.box[axis] - b.box[axis])
  const all = union(boxes.map((b) => b.box))
  if (!all || boxes.length < 3) return new Map()
  const free = all[size] - boxes.reduce((sum, b) => sum + b.box[size], 0)
  let at = all[axis]
  return new Map(
    boxes.map(({ id, box }) => {
      const place: Point = { x: box.x, y: box.y, [axis]: Math.round(at) }
      at += box[size] + free / (boxes.length - 1)
      return [id, place]
    }),
  )
}
