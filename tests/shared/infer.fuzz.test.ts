import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdit, type Edit, makeNode } from '#shared/graph/edits'
import { type Edge, emptyGraph, type Graph } from '#shared/graph/graph'
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
const node = fc
  .tuple(id, fc.constantFrom(...layerTypes, 'input' as const, 'conv2d' as const))
  .map(([i, type]) => makeNode(type, i))
const int = fc.constantFrom(1, 2, 3, 5, 8, 0, -1, 1.5, 1_000_000, Number.NaN)
const params = fc.oneof(
  fc.record({ filters: int }),
  fc.record({ units: int }),
  fc.record({ kernelSize: fc.tuple(int, int) }),
  fc.record({ strides: fc.tuple(int, int) }),
  fc.record({ shape: fc.array(int, { maxLength: 4 }) }),
  fc.record({ padding: fc.constantFrom('same', 'valid', 'full') }),
  fc.record({ axis: int }),
  fc.record({ groups: int }),
)
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    type: fc.constant('add' as const),
    nodes: fc.array(node, { maxLength: 4 }),
    edges: fc.array(edge, { maxLength: 3 }),
    groups: fc.constant([]),
  }),
  fc.record({ type: fc.constant('connect' as const), edge }),
  fc.record({ type: fc.constant('connect' as const), edge }),
  fc.record({ type: fc.constant('disconnect' as const), edge }),
  fc.record({ type: fc.constant('remove' as const), ids: fc.array(id, { maxLength: 2 }), rewire: fc.boolean() }),
  fc.record({ type: fc.constant('setParams' as const), id, params }),
  fc.record({ type: fc.constant('insert' as const), edge, node }),
  fc.record({ type: fc.constant('rename' as const), id, name: fc.string({ maxLength: 5 }) }),
)

const view = (graph: Graph, inference: Inference) => ({
  nodes: graph.nodes.map((n) => [n.id, inference.node(n.id)]),
  totals: inference.totals,
  problems: inference.problems(),
})

test('incremental inference equals inference from scratch, whatever the edits', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 60 }), (edits) => {
      const engine = createInference()
      let graph = emptyGraph
      for (const e of edits) {
        graph = applyEdit(graph, e)
        expect(view(graph, engine.update(graph))).toEqual(view(graph, infer(graph)))
      }
    }),
    { numRuns: 500 },
  )
})
