import { expect, test } from 'vitest'
import type { Binding, Held } from '../../../../../electron/trainer/engines/tensorflow/compiled/binding'
import { StandIns } from '../../../../../electron/trainer/engines/tensorflow/compiled/standIns'

const [FLOAT32, INT32] = [1, 3]

/** As much of the addon as is asked for, which counts what it holds. */
function addon() {
  const held = new Set<number>()
  let next = 0
  const make = (shape: readonly number[], dtype = FLOAT32): Held => {
    held.add(next)
    return { id: next++, shape, dtype }
  }
  const remove = (id: number) => {
    if (!held.delete(id)) throw new Error(`There is no tensor ${id}.`)
  }
  const refuse = () => {
    throw new Error('This is not asked for.')
  }
  const binding: Binding = {
    createTensor: refuse,
    tensorDataSync: refuse,
    loadSavedModel: refuse,
    deleteSavedModel: refuse,
    runSavedModel: refuse,
    deleteTensor: remove,
    executeOp: () => [make([])],
  }
  return { held, make, standIns: new StandIns(binding) }
}

test('of each size one tensor is held, however many results there are', () => {
  const { held, make, standIns } = addon()
  const results = [[2, 3], [2, 3], [6], [2, 3]].map((shape) => make(shape))
  for (const result of results) standIns.replace(result)
  expect(held.size).toBe(2)
  const [a, b, other, c] = results.map(({ id }) => standIns.idOf(id))
  expect([b, c]).toEqual([a, a])
  expect(other).not.toBe(a)
  for (const { id } of results) standIns.deleteTensor(id)
  expect(held.size).toBe(2)
  standIns.dispose()
  expect(held.size).toBe(0)
})

test('whole numbers stay as they are: they may be shapes and indices', () => {
  const { held, make, standIns } = addon()
  const { dtype, id, shape } = make([4], INT32)
  standIns.replace({ dtype, id, shape })
  expect(standIns.idOf(id)).toBe(id)
  standIns.deleteTensor(id)
  expect(held.size).toBe(0)
})
