import { expect, test } from 'vitest'
import { memoryOf } from '#shared/analysis/memory'
import { infer } from '#shared/graph/infer'
import { draw } from './drawing'

const memory = (...args: Parameters<typeof draw>) => {
  const graph = draw(...args)
  return memoryOf(graph, infer(graph))
}

test('a chain frees what is used no more', () => {
  const m = memory(
    [
      ['in', 'input', { shape: [8] }],
      ['a', 'dense', { units: 4 }],
      ['b', 'dense', { units: 2 }],
    ],
    'in > a',
    'a > b',
  )
  expect(m.forward).toBe(4 * (8 + 4))
  expect(m.backward).toBe(4 * (4 + 2))
  expect(m.traffic).toBe(4 * (8 + (8 * 4 + 4) + 4 + (4 + (4 * 2 + 2) + 2)))
})

test('a shortcut is held until it is added', () => {
  const m = memory(
    [
      ['in', 'input', { shape: [8] }],
      ['a', 'dense', { units: 32 }],
      ['b', 'dense', { units: 8 }],
      ['c', 'add'],
    ],
    'in > a',
    'a > b',
    'in > c',
    'b > c:1',
  )
  expect(m.forward).toBe(4 * (8 + 32 + 8))
})

test('a view holds nothing of its own, but what it looks at', () => {
  const m = memory(
    [
      ['in', 'input', { shape: [2, 4] }],
      ['f', 'flatten'],
      ['d', 'dropout'],
      ['a', 'dense', { units: 16 }],
      ['b', 'add'],
    ],
    'in > f',
    'f > d',
    'd > a',
    'a > b',
    'a > b:1',
  )
  expect(m.forward).toBe(4 * (16 + 16))
  expect(m.backward).toBe(4 * (16 + 16))
})
