import { expect, test } from 'vitest'
import { applyEdits, type Edit, makeNode } from '#shared/graph/edits'
import { type Edge, emptyGraph, type Graph } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import type { LayerType } from '#shared/layers/index'
import { viewGroups } from '../../../renderer/canvas/groups'
import { placeAfter, placeAt } from '../../../renderer/canvas/place'
import { connectEdits } from '../../../renderer/canvas/wiring'

const wire = (source: string, target: string, targetPort = 0): Edge => ({ source, sourcePort: 0, target, targetPort })
const drawing = (types: Record<string, LayerType>, edges: readonly Edge[] = []): Graph => ({
  ...emptyGraph,
  nodes: Object.entries(types).map(([id, type]) => makeNode(type, id)),
  edges,
})
const draw = (source: string, target: string) => ({ source, target, sourceHandle: 'out0', targetHandle: 'in0' })
const after = (g: Graph, edits: readonly Edit[]) =>
  applyEdits(g, edits).edges.map((e) => `${e.source}>${e.target}:${e.targetPort}`)

test('a wire can be drawn onto a free input, and takes the place of the one that is there', () => {
  const g = drawing({ a: 'input', b: 'conv2d', c: 'conv2d' }, [wire('a', 'c')])
  expect(after(g, connectEdits(g, draw('a', 'b')))).toEqual(['a>c:0', 'a>b:0'])
  expect(after(g, connectEdits(g, draw('b', 'c')))).toEqual(['b>c:0'])
})

test('a merge takes any number of wires at one port', () => {
  let g = drawing({ a: 'input', b: 'conv2d', c: 'conv2d', sum: 'add' })
  for (const id of ['a', 'b', 'c']) g = applyEdits(g, connectEdits(g, draw(id, 'sum')))
  expect(g.edges.map((e) => `${e.source}:${e.targetPort}`)).toEqual(['a:0', 'b:1', 'c:2'])
})

test('no wire leads onto its own layer, into a loop, or to an input layer', () => {
  const g = drawing({ a: 'input', b: 'conv2d', c: 'conv2d' }, [wire('a', 'b'), wire('b', 'c')])
  expect(connectEdits(g, draw('b', 'b'))).toEqual([])
  expect(connectEdits(g, draw('c', 'b'))).toEqual([])
  expect(connectEdits(g, draw('b', 'a'))).toEqual([])
})

test('a wire to a block feeds all its open inputs, a second one takes their place', () => {
  let g = drawing({ a: 'input', b: 'input' })
  const block = placeAt(g, { kind: 'block', type: 'residual' }, { x: 0, y: 200 })
  g = applyEdits(g, block.edits)
  const into = (source: string) => g.edges.filter((e) => e.source === source).length
  g = applyEdits(g, connectEdits(g, draw('a', block.flowId)))
  expect([into('a'), into('b')]).toEqual([2, 0])
  g = applyEdits(g, connectEdits(g, draw('b', block.flowId)))
  expect([into('a'), into('b')]).toEqual([0, 2])
  expect(
    infer(g)
      .problems()
      .some((p) => p.code === 'missingInput' || p.code === 'tooFewInputs'),
  ).toBe(false)
})

test('a piece added behind a layer or a block is wired to its output', () => {
  let g = drawing({ a: 'input' })
  const block = placeAfter(g, { kind: 'block', type: 'residual' }, ['a'])
  if (!block) throw new Error('The block was not placed.')
  g = applyEdits(g, block.edits)
  expect(g.edges.filter((e) => e.source === 'a').length).toBe(2)
  const next = placeAfter(g, { kind: 'layer', type: 'conv2d' }, [block.flowId])
  if (!next) throw new Error('The layer was not placed.')
  g = applyEdits(g, next.edits)
  const [group] = [...viewGroups(g).byId.values()]
  const from = g.edges.find((e) => e.target === next.flowId)?.source
  expect(group?.members).toContain(from)
  expect(g.edges.some((e) => e.source === from && group?.members.includes(e.target))).toBe(false)
})
