import { expect, test } from 'vitest'
import { inputFit } from '#shared/training/inputFit'

test.each([
  [[28, 28, 1], [28, 28, 1], 'same'],
  [[784], [28, 28, 1], 'reshaped'],
  [[8, 8, 1], [64], 'reshaped'],
  // LeNet-5 was given 28×28 digits in the middle of 32×32.
  [[28, 28, 1], [32, 32, 1], 'padded'],
  [[28, 28, 1], [32, 28, 1], 'padded'],
  [[28, 28, 1], [31, 31, 1], null],
  [[28, 28, 1], [24, 24, 1], null],
  [[28, 28, 1], [32, 32, 3], null],
  [[13], [14], null],
] as const)('samples of %j for an input of %j: %s', (sample, input, fit) => {
  expect(inputFit(sample, input)).toBe(fit)
})
