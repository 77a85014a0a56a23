import { expect, test } from 'vitest'
import { inMemory } from '../../../electron/trainer/data/dataSet'
import { Mistakes, probabilityOf } from '../../../electron/trainer/mistakes'

function data(samples: number, shape: readonly number[] = [1, 2, 1]) {
  const width = shape.reduce((a, b) => a * b, 1)
  const values = Float32Array.from({ length: samples * width }, (_, i) => (i % 2 === 0 ? -1 : 1))
  const about = {
    spec: 'x',
    inputShape: shape,
    labels: ['a', 'b', 'c'],
    targetSize: 3,
    preprocessing: '',
    problems: [],
  }
  return inMemory(values, new Uint16Array(samples), { ...about, range: [-1, 1] })
}

test('the most confident come first, a few of each pair of classes, as bytes over the range', async () => {
  const mistakes = new Mistakes(data(100))
  for (let i = 0; i < 50; i++) mistakes.add({ index: i, truth: 0, predicted: 1, probability: i / 100 })
  mistakes.add({ index: 60, truth: 2, predicted: 1, probability: 0.46 })
  const worst = await mistakes.worst()
  expect(worst.map((m) => [m.truth, m.predicted, m.probability])).toEqual([
    [0, 1, 0.49],
    [0, 1, 0.48],
    [0, 1, 0.47],
    [0, 1, 0.46],
    [2, 1, 0.46],
    [0, 1, 0.45],
    [0, 1, 0.44],
  ])
  expect(worst[0]?.shape).toEqual([1, 2, 1])
  expect([...Buffer.from(worst[0]?.pixels ?? '', 'base64')]).toEqual([0, 255])
})

test('large pictures are kept fewer, but one at least', async () => {
  const mistakes = new Mistakes(data(4, [512, 512, 1]))
  for (let i = 0; i < 4; i++) mistakes.add({ index: i, truth: 0, predicted: 1, probability: 0.5 })
  expect(await mistakes.worst()).toHaveLength(1)
})

test('the probability of the chosen class', () => {
  // softmax(3, 1, −3) = .878878, .118943, .002179
  const outputs = Float32Array.of(9, 9, 9, 3, 1, -3)
  expect(probabilityOf('categoricalCrossentropy', outputs, 3, 3, 0)).toBeCloseTo(0.878878, 6)
  expect(probabilityOf('categoricalCrossentropy', outputs, 3, 3, 2)).toBeCloseTo(0.002179, 6)
  expect(probabilityOf('categoricalCrossentropy', Float32Array.of(1000, 0), 0, 2, 0)).toBe(1)
  expect(probabilityOf('categoricalCrossentropy', Float32Array.of(Number.NaN, 0), 0, 2, 0)).toBeNull()
  expect(probabilityOf('meanSquaredError', outputs, 3, 3, 0)).toBeNull()
})
