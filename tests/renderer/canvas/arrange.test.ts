import { expect, test } from 'vitest'
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
