import { beforeEach, expect, test } from 'vitest'
import { makeNode } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import { dragTo, endDrag, startDrag } from '../../../renderer/canvas/drag'
import { emptyDocument, useDocument } from '../../../renderer/store/document'
import { useView } from '../../../renderer/store/view'

const graph: Graph = {
  nodes: [makeNode('input', 'a', {}, { x: 0, y: 0 }), makeNode('conv2d', 'b', {}, { x: 0, y: 120 })],
  edges: [{ source: 'a', sourcePort: 0, target: 'b', targetPort: 0 }],
  groups: [],
}
const now = () => useDocument.getState()
const places = () => Object.fromEntries(now().document.graph.nodes.map((n) => [n.id, n.position]))

beforeEach(() => now().open({ ...emptyDocument, graph }))

test('a drag moves layers, in one undo step', () => {
  startDrag(['b'], false)
  dragTo(new Map([['b', { x: 8, y: 120 }]]))
  dragTo(new Map([['b', { x: 64, y: 160 }]]))
  endDrag()
  expect(places()).toEqual({ a: { x: 0, y: 0 }, b: { x: 64, y: 160 } })
  expect(now().undoSteps.map((s) => s.label)).toEqual(['move'])
})

test('with Alt the originals stay and copies with the wires among them follow, in one undo step', () => {
  startDrag(['a', 'b'], true)
  for (const x of [100, 300])
    dragTo(
      new Map([
        ['a', { x, y: 0 }],
        ['b', { x, y: 120 }],
      ]),
    )
  endDrag()
  expect(places()).toEqual({ a: { x: 0, y: 0 }, b: { x: 0, y: 120 }, a2: { x: 300, y: 0 }, b2: { x: 300, y: 120 } })
  expect(now().document.graph.edges.map((e) => `${e.source}>${e.target}`)).toEqual(['a>b', 'a2>b2'])
  expect([...useView.getState().selection]).toEqual(['a2', 'b2'])
  expect(now().undoSteps.map((s) => s.label)).toEqual(['duplicate'])
  now().undo()
  expect(now().document.graph).toBe(graph)
})
