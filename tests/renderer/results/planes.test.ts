import { expect, test } from 'vitest'
import type { Planes } from '#shared/training/try'
import { cornerOf, layOut, spotAt, unpack, valuesAt } from '../../../renderer/results/try/planes'

const planes = (height: number, width: number, count: number, sent = count, channels: 1 | 3 = 1): Planes => {
  const values = Float32Array.from({ length: height * width * sent * channels }, (_, i) => i)
  return { height, width, channels, count, low: 0, high: 1, values: Buffer.from(values.buffer).toString('base64') }
}

test('only as many as were sent are shown', () => {
  expect(unpack(planes(5, 4, 100, 64)).shown).toBe(64)
})

test('small pictures are enlarged by whole numbers, large ones made smaller, and all fit the room', () => {
  expect(layOut(unpack(planes(5, 5, 6)), 600).tile).toEqual({ width: 55, height: 55 })
  expect(layOut(unpack(planes(28, 28, 6)), 600).tile).toEqual({ width: 56, height: 56 })
  expect(layOut(unpack(planes(224, 112, 6)), 600).tile).toEqual({ width: 56, height: 112 })
  const layout = layOut(unpack(planes(28, 28, 20)), 400)
  expect(layout.columns).toBe(6)
  expect(layout.rows).toBe(4)
  expect(layout.width).toBeLessThanOrEqual(400)
})

test('the number under the pointer is that of the pixel which is seen there', () => {
  const pictures = unpack(planes(4, 7, 10))
  const layout = layOut(pictures, 200)
  for (const plane of [0, 1, 5, 9])
    for (const [row, column] of [
      [0, 0],
      [3, 6],
      [2, 4],
    ] as const) {
      const [x, y] = cornerOf(layout, plane)
      const spot = spotAt(
        pictures,
        layout,
        x + ((column + 0.5) / 7) * layout.tile.width,
        y + ((row + 0.5) / 4) * layout.tile.height,
      )
      expect(spot).toEqual({ plane, row, column })
      expect(spot && valuesAt(pictures, spot)).toEqual([plane * 28 + row * 7 + column])
    }
})

test('between the pictures and behind the last there is nothing', () => {
  const pictures = unpack(planes(4, 4, 3))
  const layout = layOut(pictures, 130)
  expect(layout.columns).toBe(2)
  expect(spotAt(pictures, layout, layout.tile.width + 1, 5)).toBeNull()
  const [x, y] = cornerOf(layout, 3)
  expect(spotAt(pictures, layout, x + 5, y + 5)).toBeNull()
})

test('a coloured picture has three numbers', () => {
  const pictures = unpack(planes(2, 2, 2, 2, 3))
  expect(pictures.shown).toBe(2)
  expect(valuesAt(pictures, { plane: 1, row: 0, column: 1 })).toEqual([15, 16, 17])
})
