import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { makeNode } from '#shared/graph/edits'
import type { Edge, Graph, GraphNode, Group } from '#shared/graph/graph'
import { framePadding, nodeSize, tidy, wireBend } from '#shared/graph/tidy'
import { type TemplateName, templateNames, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'

interface Rect {
  readonly name: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
const nodeRect = (n: GraphNode): Rect => ({
  name: n.id,
  left: n.position.x,
  top: n.position.y,
  right: n.position.x + nodeSize.width,
  bottom: n.position.y + nodeSize.height,
})
const overlap = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
const overlaps = (rects: readonly Rect[]): string[] =>
  rects.flatMap((a, i) => rects.slice(i + 1).flatMap((b) => (overlap(a, b) ? [`${a.name} on ${b.name}`] : [])))

/** The frames around all groups, the innermost first. */
function frames(graph: Graph): Map<string, Rect> {
  const rects = new Map<string, Rect>()
  const frameOf = (g: Group): Rect => {
    const known = rects.get(g.id)
    if (known) return known
    const inner = [
      ...graph.nodes.filter((n) => n.group === g.id).map(nodeRect),
      ...graph.groups.filter((c) => c.parent === g.id).map(frameOf),
    ]
    const rect = {
      name: g.name,
      left: Math.min(...inner.map((r) => r.left)) - framePadding.side,
      top: Math.min(...inner.map((r) => r.top)) - framePadding.top,
      right: Math.max(...inner.map((r) => r.right)) + framePadding.side,
      bottom: Math.max(...inner.map((r) => r.bottom)) + framePadding.bottom,
    }
    rects.set(g.id, rect)
    return rect
  }
  graph.groups.forEach(frameOf)
  return rects
}

/** Nodes that a wire runs through, on its way straight down, across above its target, and down. */
function hits(graph: Graph): string[] {
  const rects = new Map(graph.nodes.map((n) => [n.id, nodeRect(n)]))
  return graph.edges.flatMap((e) => {
    const [from, to] = [rects.get(e.source), rects.get(e.target)]
    if (!from || !to) return []
    const [x, tx] = [(from.left + from.right) / 2, (to.left + to.right) / 2]
    const bend = to.top - wireBend
    const parts: Rect[] = [
      { name: '', left: x - 1, right: x + 1, top: from.bottom, bottom: bend },
      { name: '', left: Math.min(x, tx), right: Math.max(x, tx), top: bend - 1, bottom: bend + 1 },
    ]
    return [...rects.values()].flatMap((r) =>
      r !== from && r !== to && parts.some((p) => overlap(p, r)) ? [`${e.source} → ${e.target} through ${r.name}`] : [],
    )
  })
}

const drawings: readonly (readonly [TemplateName, Readonly<Record<string, boolean>>])[] = [
  ...templateNames.map((name) => [name, {}] as const),
  ['googlenet', { aux: true }],
  ['inceptionV3', { aux: true }],
]

describe.each(drawings)('%s %o', (name, set) => {
  const graph = drawTemplate(templates[name], { ...defaultsOf(templates[name].fields), ...set })
  test('no layers overlap, and no wire runs through a layer', () => {
    expect(overlaps(graph.nodes.map(nodeRect))).toEqual([])
    expect(hits(graph)).toEqual([])
  })
  test('frames stand apart and hold only what is theirs', () => {
    const rects = frames(graph)
    for (const parent of [undefined, ...graph.groups.map((g) => g.id)]) {
      const within = graph.groups.filter((g) => g.parent === parent).flatMap((g) => rects.get(g.id) ?? [])
      const beside = graph.nodes.filter((n) => n.group === parent).map(nodeRect)
      expect(overlaps([...within, ...beside])).toEqual([])
    }
  })
})

const size = 14
const wires = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 })
const edge = (from: number, to: number): Edge => ({
  source: `n${from}`,
  sourcePort: 0,
  target: `n${to}`,
  targetPort: 0,
})
const nodes = Array.from({ length: size }, (_, i) => makeNode('activation', `n${i}`))

test('any graph without loops: nothing overlaps and no wire runs through a layer', () => {
  fc.assert(
    fc.property(wires, (pairs) => {
      const edges = pairs.filter(([a, b]) => a < b).map(([a, b]) => edge(a, b))
      const graph = tidy({ nodes, edges, groups: [] })
      expect(overlaps(graph.nodes.map(nodeRect))).toEqual([])
      expect(hits(graph)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('any graph whatever, loops and groups within groups included: layers stand apart', () => {
  const groupOf = fc.array(fc.constantFrom(undefined, 'g0', 'g1', 'g2', 'g3', 'absent'), {
    minLength: size,
    maxLength: size,
  })
  const parentsOf = fc.tuple(
    fc.constant(undefined),
    ...[['g0'], ['g0', 'g1'], ['g1', 'g3']].map((ids) => fc.option(fc.constantFrom(...ids), { nil: undefined })),
  )
  fc.assert(
    fc.property(wires, groupOf, parentsOf, (pairs, of, parents) => {
      const grouped = nodes.map((n, i): GraphNode => {
        const group = of[i]
        return group === undefined ? n : { ...n, group }
      })
      const groups = parents.map((parent, i): Group => {
        const group = { id: `g${i}`, name: `g${i}`, collapsed: false }
        return parent === undefined ? group : { ...group, parent }
      })
      const graph = tidy({ nodes: grouped, edges: pairs.map(([a, b]) => edge(a, b)), groups })
      expect(overlaps(graph.nodes.map(nodeRect))).toEqual([])
    }),
    { numRuns: 300 },
  )
})
