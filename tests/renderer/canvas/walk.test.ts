import { expect, test } from 'vitest'
import { makeNode } from '#shared/graph/edits'
import { type Edge, emptyGraph, type Graph } from '#shared/graph/graph'
import { nextAlong, walkOrder } from '../../../renderer/canvas/walk'

const wire = (source: string, target: string, targetPort = 0): Edge => ({ source, sourcePort: 0, target, targetPort })
const branched: Graph = {
  ...emptyGraph,
  nodes: ['sum', 'a', 'left', 'right', 'below'].map((id) => makeNode(id === 'sum' ? 'add' : 'activation', id)),
  edges: [wire('a', 'left'), wire('a', 'right'), wire('left', 'below'), wire('below', 'sum'), wire('right', 'sum', 1)],
}

test('one walks down each branch in turn and meets every layer once', () => {
  expect(walkOrder(branched)).toEqual(['a', 'left', 'below', 'sum', 'right'])
})

test('the walk has a first and a last stop and can be turned round', () => {
  expect(nextAlong(branched, undefined, 1)).toBe('a')
  expect(nextAlong(branched, 'left', 1)).toBe('below')
  expect(nextAlong(branched, 'left', -1)).toBe('a')
  expect(nextAlong(branched, 'right', 1)).toBeNull()
})

test('a loop does not stop the walk', () => {
  const loop: Graph = { ...branched, edges: [...branched.edges, wire('sum', 'a')] }
  expect([...walkOrder(loop)].sort()).toEqual(['a', 'below', 'left', 'right', 'sum'])
})
