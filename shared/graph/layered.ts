import { Contour } from './contour'
import { type Box, type Rows, sortIntoRows, type Wires } from './rows'

export interface Placed {
  /** Left edge and top of each box. */
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly left: number
  readonly right: number
}

/**
 * Places boxes in rows of one height, each just below the lowest that feeds it; a high box takes several rows. Columns follow the
 * dominator tree: where paths part, branches stand side by side, centred; where they meet again, the drawing returns to the column in
 * which they parted. A wire that passes rows keeps the column straight below its source free, and branches stand beside it: so
 * shortcuts stay visible. `gap` is the room between boxes side by side, `pitch` the distance from row to row.
 */
export function layered(boxes: readonly Box[], wires: Wires, gap: number, pitch: number): Placed {
  const rows = sortIntoRows(
    boxes.map((b) => b.rows),
    wires,
  )
  const { shift, whole } = arrange(boxes, rows, gap)
  const column: number[] = []
  for (const v of rows.order) column[v] = (column[rows.parent[v] ?? -1] ?? 0) + (shift[v] ?? 0)
  return {
    x: boxes.map((b, v) => (column[v] ?? 0) - b.entry),
    y: boxes.map((_, v) => (rows.row[v] ?? 0) * pitch),
    ...whole.extent,
  }
}

/** From the leaves of the dominator tree upwards: how far each box stands to the right of its parent. */
function arrange(boxes: readonly Box[], rows: Rows, gap: number) {
  const shift: number[] = boxes.map(() => 0)
  const contours = new Map<number, Contour>()
  const contourOf = (v: number): Contour => contours.get(v) ?? new Contour()

  /** Adds what hangs below a box (or, at the top, nothing) to `area`, whose column is 0. */
  const hang = (area: Contour, children: readonly number[], wirePasses: boolean): Contour => {
    const put = (v: number, by: number) => {
      shift[v] = by
      area = area.join(contourOf(v).move(by))
    }
    const branches = children.filter((v) => !rows.isMerge(v))
    const half = wirePasses ? Math.floor(branches.length / 2) : 0
    const [left, right] = [branches.slice(0, half).reverse(), branches.slice(half)]
    for (const v of right) put(v, Math.max(0, area.clearRight(contourOf(v), gap)))
    for (const v of left) put(v, Math.min(0, area.clearLeft(contourOf(v), gap)))
    if (!wirePasses && branches.length > 1) {
      const middle = ((shift[branches[0] ?? 0] ?? 0) + (shift[branches.at(-1) ?? 0] ?? 0)) / 2
      for (const v of branches) shift[v] = (shift[v] ?? 0) - middle
      area.move(-middle)
    }
    for (const v of children)
      if (rows.isMerge(v)) put(v, area.overlaps(contourOf(v), gap) ? area.clearRight(contourOf(v), gap) : 0)
    return area
  }

  const children: number[][] = boxes.map(() => [])
  for (const v of rows.order) children[rows.parent[v] ?? -1]?.push(v)
  for (const v of [...rows.order].reverse()) {
    const box = boxes[v]
    if (!box) continue
    const from = rows.row[v] ?? 0
    const [end, last] = [from + box.rows, rows.last[v] ?? 0]
    const area = new Contour()
    for (let r = end; r <= last; r++) area.cover(r, 0, 0)
    const jog = box.exit - box.entry
    const below = hang(area, children[v] ?? [], last >= end).move(jog)
    for (const child of children[v] ?? []) shift[child] = (shift[child] ?? 0) + jog
    for (let r = from; r < end; r++) below.cover(r, -box.entry, box.width - box.entry)
    contours.set(v, below)
  }
  const roots = rows.order.filter((v) => rows.parent[v] === -1)
  return { shift, whole: hang(new Contour(), roots, false) }
}
