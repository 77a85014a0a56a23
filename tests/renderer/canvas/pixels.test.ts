import { afterEach, expect, it, vi } from 'vitest'
import { wholePixels } from '../../../renderer/canvas/pixels'

afterEach(() => vi.unstubAllGlobals())

it('shows the drawing at whole pixels of the screen, at the same zoom', () => {
  vi.stubGlobal('window', { devicePixelRatio: 1 })
  expect(wholePixels([10.4, -3.6, 0.75])).toEqual([10, -4, 0.75])
})

it('a fine screen has pixels of a half', () => {
  vi.stubGlobal('window', { devicePixelRatio: 2 })
  expect(wholePixels([10.4, -3.6, 0.75])).toEqual([10.5, -3.5, 0.75])
})
