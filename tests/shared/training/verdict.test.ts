import { expect, test } from 'vitest'
import type { EpochEvent } from '#shared/training/run'
import { verdictOf } from '#shared/training/verdict'

const run = (
  losses: readonly (number | null)[],
  valLosses: readonly (number | null)[],
  valAccuracy: number | null = 0.9,
): EpochEvent[] =>
  losses.map((loss, i) => ({
    kind: 'epoch',
    epoch: i + 1,
    step: (i + 1) * 10,
    loss,
    accuracy: null,
    valLoss: valLosses[i] ?? null,
    valAccuracy,
    seconds: i,
  }))

test.each([
  ['too little to judge by', run([2, 1], [2, 1]), null],
  ['no validation', run([2, 1, 0.5], [null, null, null]), null],
  ['a loss that grows', run([2, 3, 9], [2, 3, 9]), 'diverged'],
  ['a loss that is no number', run([2, 1, null], [2, 1, null]), 'diverged'],
  ['a validation loss that is no number', run([2, 1, 0.5], [2, 1, null]), 'diverged'],
  ['as good as guessing', run([2.3, 2.3, 2.3], [2.3, 2.3, 2.3], 0.1), 'guessing'],
  ['validation that turns up', run([2, 1, 0.5, 0.3, 0.2], [2, 1.1, 1, 1.2, 1.4]), 'overfitting'],
  ['one bad epoch at the end', run([2, 1, 0.5, 0.4, 0.39], [2, 1.1, 1, 0.99, 1.4]), 'settled'],
  ['both up: not overfitting', run([2, 1, 0.5, 0.6, 0.7], [2, 1.1, 1, 1.2, 1.4]), 'settled'],
  ['still falling', run([2, 1, 0.5, 0.3, 0.2], [2, 1.1, 0.7, 0.5, 0.4]), 'falling'],
  ['at rest', run([2, 1, 0.5, 0.5, 0.5], [2, 1.1, 0.7, 0.7, 0.699]), 'settled'],
] as const)('%s', (_, epochs, kind) => {
  expect(verdictOf(epochs, 0.1)?.kind ?? null).toBe(kind)
})

test('the turn is dated, and a regression is not compared with guessing', () => {
  expect(verdictOf(run([2, 1, 0.5, 0.3], [2, 1, 1.2, 1.4]), null)).toEqual({ kind: 'overfitting', since: 2 })
  expect(verdictOf(run([2, 2, 2], [2, 2, 2], null), null)?.kind).toBe('settled')
})
