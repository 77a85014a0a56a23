import { expect, test } from 'vitest'
import { parseNumber, stepFrom } from '../../../renderer/inspector/fields/number'

test('numbers are read as people write them, and nothing is read into what is none', () => {
  const cases: readonly (readonly [string, number | null])[] = [
    ['12', 12],
    [' 12 ', 12],
    ['-5', -5],
    ['−5', -5],
    ['1e-4', 0.0001],
    ['5E3', 5000],
    ['.5', 0.5],
    ['１２', 12],
    ['', null],
    ['-', null],
    ['abc', null],
    ['1e', null],
    ['1,5', null],
    ['12px', null],
    ['NaN', null],
    ['Infinity', null],
    ['1e999', null],
  ]
  for (const [text, number] of cases) expect(parseNumber(text), text).toBe(number)
})

test('a step goes by one, or by the leading digit, and stays within the limits', () => {
  const whole = { integer: true, min: 1, max: 10 }
  expect(stepFrom(3, 1, whole)).toBe(4)
  expect(stepFrom(1, -1, whole)).toBe(1)
  expect(stepFrom(10, 1, whole)).toBe(10)
  expect(stepFrom(undefined, 1, whole)).toBe(1)
  const any = { integer: false, min: 0, max: Number.POSITIVE_INFINITY }
  expect(stepFrom(0.003, 1, any)).toBe(0.004)
  expect(stepFrom(0.3, -1, any)).toBe(0.2)
  expect(stepFrom(0, 1, any)).toBe(0.1)
  expect(stepFrom(25, 1, any)).toBe(35)
})
