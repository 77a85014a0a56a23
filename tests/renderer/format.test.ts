import { expect, test } from 'vitest'
import { bytes, exact, short } from '../../renderer/i18n/format'

test.each([
  [0, '0'],
  [840, '840'],
  [999.96, '1 K'],
  [61_706, '61.71 K'],
  [138_357_544, '138.4 M'],
  [15_470_264_320, '15.47 G'],
  [999_999_999, '1 G'],
  [2.5e12, '2.5 T'],
])('%d is shown as %s', (n, text) => expect(short(n)).toBe(text))

test('memory is counted in powers of ten', () => {
  expect(bytes(512)).toBe('512 B')
  expect(bytes(9664)).toBe('9.664 kB')
  expect(bytes(553_430_176)).toBe('553.4 MB')
})

test('exact numbers have separators', () => {
  expect(exact(102_764_544)).toBe('102,764,544')
})
