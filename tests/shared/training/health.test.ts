import { expect, test } from 'vitest'
import { troublesOf } from '#shared/training/health'
import type { LayerStatistics } from '#shared/training/run'

const layer = (node: string, gradient: number | null, more: Partial<LayerStatistics> = {}, count = 100) => ({
  node,
  weights: { count, mean: 0, std: 0.1, norm: 1, gradient },
  update: 0.001,
  dead: null,
  ...more,
})
const found = (layers: LayerStatistics[]) => Object.fromEntries(troublesOf(layers))

test('a network that learns has no trouble', () => {
  expect(found([layer('a', 0.5, { dead: 0.1 }), layer('b', 2), layer('c', 1)])).toEqual({})
  expect(found([])).toEqual({})
})

test('gradients that reach the first layers shrunk more than 1024 times vanish', () => {
  expect(found([layer('a', 0.9 / 1024), layer('b', 1.1 / 1024), layer('c', 1)])).toEqual({ a: ['vanishing'] })
  expect(found([layer('a', 0), layer('c', 1)])).toEqual({ a: ['vanishing'] })
})

test('gradients that grow more than 1024 times explode; so do weights that move by a tenth of their size', () => {
  expect(found([layer('a', 1100), layer('b', 1000), layer('c', 1)])).toEqual({ a: ['exploding'] })
  expect(found([layer('a', 1, { update: 0.11 }), layer('c', 1, { update: 0.1 })])).toEqual({ a: ['exploding'] })
})

test('gradients are compared per weight: of 10,000 weights a hundred times the norm is the same as of one', () => {
  expect(found([layer('a', 1 / 1000, {}, 1), layer('c', 100, {}, 10_000)])).toEqual({})
  expect(found([layer('a', 90 / 1000, {}, 10_000), layer('c', 1, {}, 1)])).toEqual({ a: ['vanishing'] })
})

test('a layer without weights, or whose weights are frozen, has no gradient to judge', () => {
  const activation: LayerStatistics = { node: 'r', weights: null, update: null, dead: 0.4 }
  expect(found([layer('frozen', null), activation, layer('c', 1)])).toEqual({ r: ['deadRelu'] })
  expect(found([layer('a', 0), layer('c', 0)])).toEqual({})
  expect(found([activation, { ...activation, node: 's', dead: 0.39 }])).toEqual({ r: ['deadRelu'] })
})
