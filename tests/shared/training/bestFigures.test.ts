import { expect, test } from 'vitest'
import { bestFigures } from '#shared/training/bestFigures'
import type { EpochEvent } from '#shared/training/run'

const epoch = (n: number, loss: number | null, valLoss: number | null, valAccuracy: number | null): EpochEvent => ({
  kind: 'epoch',
  epoch: n,
  step: n * 10,
  loss,
  accuracy: null,
  valLoss,
  valAccuracy,
  seconds: n,
})

test('losses are best where they are lowest, accuracies where they are highest, and the first of equals counts', () => {
  const best = bestFigures([epoch(1, 3, 2.5, 0.5), epoch(2, 2, 2, 0.8), epoch(3, 1, 2, 0.8), epoch(4, null, 2.2, 0.7)])
  expect(best).toEqual({
    loss: { value: 1, epoch: 3 },
    valLoss: { value: 2, epoch: 2 },
    valAccuracy: { value: 0.8, epoch: 2 },
    valTop5: null,
    valRmse: null,
    valMae: null,
  })
})

test('errors of numbers; nothing before the first epoch', () => {
  const numbers = [
    { ...epoch(1, 1, 1, null), valRmse: 0.4, valMae: 0.2 },
    { ...epoch(2, 1, 1, null), valRmse: 0.3, valMae: 0.25 },
  ]
  expect(bestFigures(numbers)).toMatchObject({ valRmse: { value: 0.3, epoch: 2 }, valMae: { value: 0.2, epoch: 1 } })
  expect(Object.values(bestFigures([])).every((b) => b === null)).toBe(true)
})
