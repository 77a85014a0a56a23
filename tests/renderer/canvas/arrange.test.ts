import { expect, test } from 'vitest'
import { makeNode } from '#shared/graph/edits'
import { emptyGraph } from '#shared/graph/graph'
import { anchored, withComments } from '../../../renderer/canvas/arrange'
import { arrangeScene } from '../../../renderer/canvas/layout'

const box = (id: string, frame?: string) => ({ id, width: 208, height: 76, ...(frame !== undefined && { frame }) })

test('what is fed stands below what feeds it, branches side by side', () => {
  const places = arrangeScene({
    direction: 'down',
    boxes: ['a', 'left', 'right', 'sum'].map((id) => box(id)),
    frames: [],
    wires: [
      { from: 'a', to: 'left' },
      { from: 'a', to: 'right' },
      { from: 'left', to: 'sum' },
      { from: 'right', to: 'sum' },
    ],
  })
  const y = (id: string) => places[id]?.y ?? Number.NaN
  expect(y('left')).toBeGreaterThan(y('a') + 76)
  expect(y('right')).toBe(y('left'))
  expect(y('sum')).toBeGreaterThan(y('left') + 76)
  expect(Math.abs((places.left?.x ?? 0) - (places.right?.x ?? 0))).toBeGreaterThan(208)
})

test('layers in frames, in loops and without wires get places too', () => {
  const places = arrangeScene({
    direction: 'down',
    boxes: [box('a', 'f'), box('b', 'g'), box('alone')],
    frames: [{ id: 'f' }, { id: 'g', frame: 'f' }],
    wires: [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ],
  })
  expect(Object.keys(places).sort()).toEqual(['a', 'alone', 'b'])
  expect(Object.values(places).every((p) => Number.isFinite(p.x) && Number.isFinite(p.y))).toBe(true)
})

test('an arranged drawing begins where it began, and stays in the middle', () => {
  const graph = {
    ...emptyGraph,
    nodes: [makeNode('input', 'a', {}, { x: 1000, y: 500 }), makeNode('dense', 'b', {}, { x: 1200, y: 900 })],
  }
  const places = anchored(
    graph,
    new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 0, y: 116 }],
    ]),
  )
  expect([...places.values()]).toEqual([
    { x: 1100, y: 500 },
    { x: 1100, y: 616 },
  ])
})

test('a comment stays beside what it stands next to', () => {
  const graph = {
    ...emptyGraph,
    nodes: [makeNode('input', 'a'), makeNode('dense', 'b', {}, { x: 0, y: 400 })],
    comments: [
      { id: 'n', text: '', position: { x: 232, y: 390 }, size: { width: 100, height: 50 }, color: 'blue' as const },
    ],
  }
  const places = withComments(
    graph,
    new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 40, y: 116 }],
    ]),
  )
  expect(places.get('comment:n')).toEqual({ x: 272, y: 106 })
})
