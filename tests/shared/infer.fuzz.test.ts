import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdit, type Edit, makeNode, transplant } from '#shared/graph/edits'
import { type Edge, emptyGraph, type Graph, type GraphNode } from '#shared/graph/graph'
import { createInference, type Inference, infer } from '#shared/graph/infer'
import { layerTypes } from '#shared/layers/index'

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const id = fc.constantFrom(...ids)
const port = fc.constantFrom(0, 0, 0, 0, 1, 2, 7)
const edge: fc.Arbitrary<Edge> = fc.record({
  source: id,
  sourcePort: fc.constantFrom(0, 0, 0, 0, 1),
  target: id,
  targetPort: port,
})
const group = fc.option(fc.constantFrom('g', 'h'), { nil: undefined })
const node = fc
  .tuple(
    id,
    fc.constantFrom(
      ...layerTypes,
      'input' as const,
      'conv2d' as const,
      'dense' as const,
      'output' as const,
      'activation' as const,
      'unknown' as const,
    ),
    group,
  )
  .map(([i, type, g]): GraphNode => {
    const known = makeNode(type === 'unknown' ? 'dense' : type, i)
    const node: GraphNode = type === 'unknown' ? { ...known, type, originalType: 'hologram', params: {} } : known
    return g === undefined ? node : { ...node, group: g }
  })
const int = fc.constantFrom(1, 2, 3, 5, 8, 0, -1, 1.5, 1_000_000, Number.NaN)
const params = fc.oneof(
  fc.record({ filters: int }),
  fc.record({ units: int }),
  fc.record({ lossWeight: fc.constantFrom(0, 0, 0.3, Number.NaN) }),
  fc.record({ function: fc.constantFrom('relu', 'step') }),
  fc.record({ kernelSize: fc.tuple(int, int) }),
  fc.record({ strides: fc.tuple(int, int) }),
  fc.record({ shape: fc.array(int, { maxLength: 4 }) }),
  fc.record({ padding: fc.constantFrom('same', 'valid', 'full') }),
  fc.record({ axis: int }),
  fc.record({ groups: int }),
  fc.record({ ceilMode: fc.boolean() }),
  fc.record({ dims: fc.array(int, { maxLength: 4 }) }),
  fc.record({ cropping: fc.tuple(int, int, int, int) }),
  fc.record({ returnSequences: fc.boolean() }),
  fc.record({ table: fc.constantFrom('0,1,2', '0; 0', '0,0', 'x', '9') }),
  fc.record({ padding: fc.tuple(int, int, int, int) }),
  fc.record({ target: fc.array(int, { maxLength: 3 }) }),
)
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    type: fc.constant('add' as const),
    nodes: fc.array(node, { maxLength: 4 }),
    edges: fc.array(edge, { maxLength: 3 }),
    groups: fc.subarray([
      { id: 'g', name: 'G', collapsed: false },
      { id: 'h', name: 'H', parent: 'g', collapsed: true },
    ]),
  }),
  fc.record({ type: fc.constant('connect' as const), edge }),
  fc.record({ type: fc.constant('connect' as const), edge }),
  fc.record({ type: fc.constant('disconnect' as const), edge }),
  fc.record({ type: fc.constant('remove' as const), ids: fc.array(id, { maxLength: 2 }), rewire: fc.boolean() }),
  fc.record({ type: fc.constant('setParams' as const), id, params }),
  fc.record({ type: fc.constant('share' as const), id, with: fc.option(id) }),
  fc.record({ type: fc.constant('insert' as const), edge, node }),
  fc.record({ type: fc.constant('rename' as const), id, name: fc.string({ maxLength: 5 }) }),
  fc.record({ type: fc.constant('move' as const), positions: fc.dictionary(id, fc.constant({ x: 8, y: 9 })) }),
  fc.record({
    type: fc.constant('group' as const),
    group: fc.record({ id: fc.constantFrom('g', 'h', 'i'), name: fc.constant('New'), collapsed: fc.boolean() }),
    ids: fc.array(id, { maxLength: 4 }),
  }),
  fc.record({ type: fc.constant('ungroup' as const), id: fc.constantFrom('g', 'h', 'i') }),
  fc.record({
    type: fc.constant('setGroup' as const),
    id: fc.constantFrom('g', 'h'),
    change: fc.record({ collapsed: fc.boolean() }),
  }),
)
/** An edit, a copy of all layers under fresh ids, or a step back to an earlier state of the drawing. */
const step = fc.oneof(
  { weight: 12, arbitrary: edit.map((e) => (graphs: readonly Graph[]) => applyEdit(last(graphs), e)) },
  {
    weight: 1,
    arbitrary: fc.constant((graphs: readonly Graph[]) => {
      const graph = last(graphs)
      return graph.nodes.length > 40 ? graph : applyEdit(graph, transplant(graph, graph, { x: 9, y: 9 }))
    }),
  },
  { weight: 2, arbitrary: fc.nat(5).map((n) => (graphs: readonly Graph[]) => graphs.at(-1 - n) ?? emptyGraph) },
)
const last = (graphs: readonly Graph[]): Graph => graphs.at(-1) ?? emptyGraph

const view = (graph: Graph, inference: Inference) => ({
  nodes: graph.nodes.map((n) => [n.id, inference.node(n.id)]),
  totals: inference.totals,
  problems: inference.problems(),
})

const freeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.values(value).forEach(freeze)
  return Object.freeze(value)
}

test('incremental inference equals inference from scratch, whatever the edits; edits leave the graph before them alone', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const engine = createInference()
      const graphs: Graph[] = [emptyGraph]
      for (const next of steps) {
        const graph = freeze(next(graphs))
        expect(view(graph, engine.update(graph))).toEqual(view(graph, infer(graph)))
        graphs.push(graph)
      }
    }),
    { numRuns: 500 },
  )
})
