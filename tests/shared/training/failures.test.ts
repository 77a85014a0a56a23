import { expect, test } from 'vitest'
import { fill } from '#shared/problems'
import { type FailureCode, failureTexts, readFailure, unfill } from '#shared/training/failures'

const codes = Object.keys(failureTexts) as FailureCode[]
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')

test.each(codes)('%s is read back with what stood in it', (code) => {
  const text = failureTexts[code]
  // Of two in a row the first is one word, as what is done to a file.
  const values = Object.fromEntries(
    namesIn(text).map((name, i) => [name, text.includes(`{${name}} {`) ? `${name}(${i}).*$1` : `${name} (${i}).*$1`]),
  )
  expect(readFailure(fill(text, values))).toEqual({ code, values })
})

test('the layer that is named is told from one that is not', () => {
  const message =
    'The loss became NaN in step 7 (epoch 1), first in the layer C5. Use a smaller learning rate than 0.1, and look for values in the data that are far out of range.'
  expect(readFailure(message)).toEqual({
    code: 'notFiniteIn',
    values: { what: 'NaN', step: '7', epoch: '1', layer: 'C5', rate: '0.1' },
  })
})

test('what is no failure of ours stays a text', () => {
  expect(readFailure('Somebody tripped over the cable.')).toBeNull()
  expect(unfill('{a} and {b}', 'one and two and three')).toEqual({ a: 'one', b: 'two and three' })
  expect(unfill('1 + 1', '11')).toBeNull()
  expect([unfill('{a} is {a}', 'x is x'), unfill('{a} is {a}', 'x is y')]).toEqual([{ a: 'x' }, null])
})
