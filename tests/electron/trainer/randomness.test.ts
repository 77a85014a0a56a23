import { expect, test } from 'vitest'
import { createRandom } from '#shared/training/random'
import { withRandom } from '../../../electron/trainer/randomness'

test('while it runs, Math.random gives the numbers of the seed', () => {
  const [own, keys] = [Math.random, Object.keys(Math)]
  const drawn = withRandom(createRandom(7, 3), () => [Math.random(), Math.random(), Math.random()])
  const random = createRandom(7, 3)
  expect(drawn).toEqual([random.next(), random.next(), random.next()])
  expect(Math.random).toBe(own)
  expect(Object.keys(Math)).toEqual(keys)
})
