import { graphlib, layout } from '@dagrejs/dagre'
import type { Direction, Point } from '#shared/graph/graph'

/** What is arranged: boxes that may lie in frames, and wires between boxes. */
export interface Scene {
  readonly boxes: readonly {
    readonly id: string
    readonly width: number
    readonly height: number
    readonly frame?: string
  }[]
  readonly frames: readonly { readonly id: string; readonly frame?: string }[]
  readonly direction: Direction
  readonly wires: readonly { readonly from: string; readonly to: string }[]
}

/** Places boxes in layers along the flow with few crossings (Sugiyama's method). Returns their top left corners. */
export function arrangeScene({ boxes, frames, wires, direction }: Scene): Record<string, Point> {
  const g = new graphlib.Graph({ compound: frames.length > 0 })
  g.setGraph({ rankdir: direction === 'right' ? 'LR' : 'TB', nodesep: 48, ranksep: 40 })
  g.setDefaultEdgeLabel(() => ({}))
  for (const b of boxes) g.setNode(b.id, { width: b.width, height: b.height })
  for (const f of frames) g.setNode(f.id, {})
  for (const x of [...boxes, ...frames]) if (x.frame !== undefined) g.setParent(x.id, x.frame)
  for (const w of wires) g.setEdge(w.from, w.to)
  layout(g)
  const places: Record<string, Point> = {}
  for (const b of boxes) {
    const { x = 0, y = 0 } = g.node(b.id)
    places[b.id] = { x: Math.round(x - b.width / 2), y: Math.round(y - b.height / 2) }
  }
  return places
}
