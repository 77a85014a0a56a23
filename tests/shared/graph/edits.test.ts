import { describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { applyEdit, applyEdits, makeNode, transplant } from '#shared/graph/edits'
import { emptyGraph, type Graph } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import { draw, wire } from '../drawing'

const wires = (g: Graph): string[] =>
  g.edges.map((e) => `${e.source}:${e.sourcePort} > ${e.target}:${e.targetPort}`).sort()
const chain = draw(
  [
    ['in', 'input'],
    ['a', 'activation'],
    ['b', 'dropout'],
    ['c', 'flatten'],
  ],
  'in > a',
  'a > b',
  'b > c',
)

describe('connect', () => {
  test('replaces the wire at the same port', () => {
    expect(wires(applyEdit(chain, { type: 'connect', edge: wire('in', 'c') }))).toEqual([
      'a:0 > b:0',
      'in:0 > a:0',
      'in:0 > c:0',
    ])
  })
  test('takes the next free port of a merge', () => {
    const graph = draw(
      [
        ['in', 'input'],
        ['a', 'activation'],
        ['m', 'add'],
      ],
      'in > a',
      'in > m',
    )
    expect(wires(applyEdit(graph, { type: 'connect', edge: wire('a', 'm') }))).toContain('a:0 > m:1')
  })
  test('to something absent, or once more, changes nothing', () => {
    expect(applyEdit(chain, { type: 'connect', edge: wire('in', 'gone') })).toBe(chain)
    expect(applyEdit(chain, { type: 'connect', edge: wire('in', 'a') })).toBe(chain)
  })
})

describe('remove', () => {
  test('takes the wires along', () => {
    expect(wires(applyEdit(chain, { type: 'remove', ids: ['a'] }))).toEqual(['b:0 > c:0'])
  })
  test('with rewire, bridges several removed layers', () => {
    expect(wires(applyEdit(chain, { type: 'remove', ids: ['a', 'b'], rewire: true }))).toEqual(['in:0 > c:0'])
  })
  test('drops groups that hold nothing any more, and keeps those around what is left', () => {
    const graph: Graph = {
      nodes: [
        { ...makeNode('dense', 'a'), group: 'inner' },
        { ...makeNode('dense', 'b'), group: 'outer' },
      ],
      edges: [],
      groups: [
        { id: 'outer', name: '', collapsed: false },
        { id: 'inner', name: '', parent: 'outer', collapsed: false },
      ],
    }
    expect(applyEdit(graph, { type: 'remove', ids: ['a'] }).groups.map((g) => g.id)).toEqual(['outer'])
    expect(applyEdit(graph, { type: 'remove', ids: ['b'] }).groups.map((g) => g.id)).toEqual(['outer', 'inner'])
    expect(applyEdit(graph, { type: 'ungroup', id: 'outer' })).toMatchObject({
      nodes: [{ group: 'inner' }, { id: 'b' }],
      groups: [{ id: 'inner' }],
    })
  })
})

test('insert puts a layer into a wire, under a fresh id where its own is taken', () => {
  const edge = wire('a', 'b')
  const graph = applyEdit(chain, { type: 'insert', edge, node: makeNode('batchNorm', 'c') })
  expect(wires(graph)).toEqual(['a:0 > c2:0', 'b:0 > c:0', 'c2:0 > b:0', 'in:0 > a:0'])
  expect(applyEdit(graph, { type: 'insert', edge, node: makeNode('batchNorm', 'd') })).toBe(graph)
})

test('move shifts many layers at once', () => {
  const moved = applyEdit(chain, {
    type: 'move',
    positions: { a: { x: 1, y: 2 }, c: { x: 3, y: 4 }, gone: { x: 0, y: 0 } },
  })
  expect(moved.nodes.map((n) => n.position)).toEqual([
    { x: 0, y: 0 },
    { x: 1, y: 2 },
    { x: 0, y: 0 },
    { x: 3, y: 4 },
  ])
  expect(moved.nodes.at(0)).toBe(chain.nodes.at(0))
})

test('transplant copies layers with the wires and groups among them', () => {
  const part: Graph = {
    ...draw(
      [
        ['a', 'dense'],
        ['b', 'dense'],
      ],
      'a > b',
      'outside > a',
    ),
    groups: [{ id: 'g', name: 'G', collapsed: true }],
  }
  const grouped = applyEdits(part, [
    { type: 'group', group: { id: 'h', name: 'H', parent: 'g', collapsed: false }, ids: ['a'] },
  ])
  const graph = applyEdit(grouped, transplant(grouped, grouped, { x: 10, y: 20 }))
  expect(graph.nodes.map((n) => [n.id, n.group, n.position.x])).toEqual([
    ['a', 'h', 0],
    ['b', undefined, 0],
    ['a2', 'h2', 10],
    ['b2', undefined, 10],
  ])
  expect(wires(graph)).toEqual(['a2:0 > b2:0', 'a:0 > b:0', 'outside:0 > a:0'])
  expect(graph.groups.map((g) => [g.id, g.parent])).toEqual([
    ['g', undefined],
    ['h', 'g'],
    ['g2', undefined],
    ['h2', 'g2'],
  ])
})

test('copies of layers that share weights share among themselves; a copy of one alone shares with the original', () => {
  const b = new Builder()
  const x = b.input([4])
  b.layer('dense', {}, x, { id: 'owner' })
  b.layer('dense', {}, x, { id: 'sharer', sharedWith: 'owner' })
  const graph = b.build()
  const owners = (into: Graph, ids: readonly string[]) =>
    transplant(into, { ...graph, nodes: graph.nodes.filter((n) => ids.includes(n.id)) }, { x: 0, y: 0 }).nodes.map(
      (n) => [n.id, n.sharedWith],
    )
  expect(owners(graph, ['owner', 'sharer'])).toEqual([
    ['owner2', undefined],
    ['sharer2', 'owner2'],
  ])
  expect(owners(graph, ['sharer'])).toEqual([['sharer2', 'owner']])
  expect(owners(emptyGraph, ['sharer'])).toEqual([['sharer', undefined]])
  const apart = applyEdit(graph, { type: 'share', id: 'sharer', with: null })
  expect(apart.nodes.at(2)).not.toHaveProperty('sharedWith')
  expect(infer(apart).totals.params.total).toBe(2 * infer(graph).totals.params.total)
})
