import { expect, test } from 'vitest'
import { applyEdits, makeNode } from '#shared/graph/edits'
import { type Edge, emptyGraph, type Graph } from '#shared/graph/graph'
import type { LayerType } from '#shared/layers/index'
import { type Line, reconnectEdits } from '../../../renderer/canvas/reconnect'

const wire = (source: string, target: string, targetPort = 0): Edge => ({ source, sourcePort: 0, target, targetPort })
const drawing = (types: Record<string, LayerType>, edges: readonly Edge[]): Graph => ({
  ...emptyGraph,
  nodes: Object.entries(types).map(([id, type]) => makeNode(type, id)),
  edges,
})
const draw = (source: string, target: string) => ({ source, target, sourceHandle: 'out0', targetHandle: 'in0' })
const line = (edge: Edge): Line => ({ ...draw(edge.source, edge.target), edges: [edge] })
const after = (g: Graph, from: Line, to: ReturnType<typeof draw>) =>
  applyEdits(g, reconnectEdits(g, from, to))
    .edges.map((e) => `${e.source}>${e.target}:${e.targetPort}`)
    .sort()

test('either end of a wire moves to another port', () => {
  const g = drawing({ a: 'input', b: 'conv2d', c: 'conv2d' }, [wire('a', 'b')])
  expect(after(g, line(wire('a', 'b')), draw('a', 'c'))).toEqual(['a>c:0'])
  expect(after(g, line(wire('a', 'b')), draw('c', 'b'))).toEqual(['c>b:0'])
})

test('a wire does not move into a loop or onto an input layer, and stays where it is let go at its own port', () => {
  const g = drawing({ a: 'input', b: 'conv2d', c: 'conv2d' }, [wire('a', 'b'), wire('b', 'c')])
  expect(reconnectEdits(g, line(wire('a', 'b')), draw('c', 'b'))).toEqual([])
  expect(reconnectEdits(g, line(wire('b', 'c')), draw('b', 'a'))).toEqual([])
  expect(reconnectEdits(g, line(wire('b', 'c')), draw('b', 'c'))).toEqual([])
})

test('a loop through the moved wire itself is none; one through others is', () => {
  const g = drawing({ b: 'conv2d', c: 'conv2d', d: 'conv2d' }, [wire('b', 'c'), wire('c', 'd')])
  expect(after(g, line(wire('b', 'c')), draw('b', 'd'))).toEqual(['b>d:0'])
  expect(after(g, line(wire('b', 'c')), draw('d', 'c'))).toEqual(['b>c:0', 'c>d:0'])
})

test('another source keeps its place among the inputs of a merge', () => {
  const g = drawing({ a: 'input', b: 'input', c: 'input', d: 'input', cat: 'concat' }, [
    wire('a', 'cat', 0),
    wire('b', 'cat', 1),
    wire('c', 'cat', 2),
  ])
  expect(after(g, line(wire('b', 'cat', 1)), draw('d', 'cat'))).toEqual(['a>cat:0', 'c>cat:2', 'd>cat:1'])
})
