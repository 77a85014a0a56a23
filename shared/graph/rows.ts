/** What is to be placed: a layer, or a whole group. `entry` and `exit`: where its wires arrive and leave, from its left edge. */
export interface Box {
  readonly width: number
  /** How many rows it is high. */
  readonly rows: number
  readonly entry: number
  readonly exit: number
}
/** Pairs of places in a list of boxes. */
export type Wires = readonly (readonly [from: number, to: number])[]

export interface Rows {
  /** Every box after what feeds it; wires that close a loop do not count. */
  readonly order: readonly number[]
  readonly row: readonly number[]
  /** The last row that one of a box's wires passes, at least the last of its own. */
  readonly last: readonly number[]
  /** The last box that all paths to a box pass: its dominator; −1 for none. */
  readonly parent: readonly number[]
  /** Several boxes feed it. */
  isMerge(v: number): boolean
}

export function sortIntoRows(heights: readonly number[], wires: Wires): Rows {
  const { order, sources } = sort(heights.length, wires)
  const row: number[] = []
  for (const v of order)
    row[v] = (sources[v] ?? []).reduce((max, s) => Math.max(max, (row[s] ?? 0) + (heights[s] ?? 1)), 0)
  const last = row.map((r, v) => r + (heights[v] ?? 1) - 1)
  for (const v of order) for (const s of sources[v] ?? []) last[s] = Math.max(last[s] ?? 0, (row[v] ?? 0) - 1)
  return { order, row, last, parent: dominators(order, sources), isMerge: (v) => (sources[v]?.length ?? 0) > 1 }
}

/** Kahn's order, the first in the list first; in a loop, the first that is left. */
function sort(count: number, wires: Wires): { order: number[]; sources: number[][] } {
  const targets: Set<number>[] = Array.from({ length: count }, () => new Set())
  const waiting: number[] = Array.from({ length: count }, () => 0)
  for (const [from, to] of wires) {
    if (from === to || targets[from]?.has(to)) continue
    targets[from]?.add(to)
    waiting[to] = (waiting[to] ?? 0) + 1
  }
  const sources: number[][] = Array.from({ length: count }, () => [])
  const order: number[] = []
  const taken: boolean[] = []
  const take = (v: number) => {
    taken[v] = true
    order.push(v)
  }
  for (let v = 0; v < count; v++) if (waiting[v] === 0) take(v)
  let next = 0
  for (let at = 0; at < count; at++) {
    if (at === order.length) {
      while (taken[next]) next++
      take(next)
    }
    const v = order[at] ?? 0
    for (const t of targets[v] ?? []) {
      if (taken[t]) continue
      sources[t]?.push(v)
      waiting[t] = (waiting[t] ?? 0) - 1
      if (waiting[t] === 0) take(t)
    }
  }
  return { order, sources }
}

/** In one pass, as the order is topological: the lowest common ancestor of all sources in the tree so far. */
function dominators(order: readonly number[], sources: readonly (readonly number[])[]): number[] {
  const place: number[] = []
  order.forEach((v, i) => {
    place[v] = i
  })
  const parent: number[] = []
  for (const v of order) {
    const [first, ...rest] = sources[v] ?? []
    let common = first ?? -1
    for (const s of rest) {
      let other = s
      while (common !== other)
        if (common === -1 || (other !== -1 && (place[other] ?? 0) > (place[common] ?? 0))) other = parent[other] ?? -1
        else common = parent[common] ?? -1
    }
    parent[v] = common
  }
  return parent
}
