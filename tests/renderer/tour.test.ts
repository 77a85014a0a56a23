import { beforeEach, expect, test } from 'vitest'
import { tour } from '../../renderer/actions/tour'
import { useTour } from '../../renderer/store/tour'

const now = () => useTour.getState()
beforeEach(() => useTour.setState({ step: null, taken: false }))

test('the tour does not begin by itself', () => {
  expect(now().step).toBeNull()
})

test('the tour shows every part once and is then over', () => {
  useTour.getState().start()
  const seen = []
  for (let { step } = now(); step !== null; step = now().step) {
    seen.push(step)
    now().go(1)
  }
  expect(seen).toEqual(['palette', 'canvas', 'inspector', 'status', 'train'])
  expect(now().taken).toBe(true)
})

test('one can go back, not before the first step', () => {
  now().start()
  now().go(1)
  now().go(-1)
  now().go(-1)
  expect(now().step).toBe('palette')
})

test('a skipped tour is not offered again, and still begins when asked for', () => {
  now().start()
  now().end()
  expect(now()).toMatchObject({ step: null, taken: true })
  useTour.getState().start()
  expect(now().step).toBe('palette')
  expect(tour.enabled).toBeUndefined()
})
