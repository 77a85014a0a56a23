import { expect, test } from 'vitest'
import { createRandom } from '#shared/training/random'
import { type DataSet, inMemory } from '../../../../electron/trainer/data/dataSet'
import { statisticsOf } from '../../../../electron/trainer/data/statistics'

const dataOf = (values: Float32Array, inputShape: readonly number[]): DataSet =>
  inMemory(values, new Float32Array(values.length), {
    spec: '',
    inputShape,
    labels: null,
    targetSize: 1,
    range: [0, 1],
    preprocessing: '',
    problems: [],
  })
const all = (n: number) => Uint32Array.from({ length: n }, (_, i) => i)

test('mean, deviation, least and greatest of each column, by hand', async () => {
  const table = dataOf(Float32Array.of(1, 10, 3, 10, 5, 10, 7, 10), [2])
  expect(await statisticsOf(table, all(4))).toEqual([
    { mean: 4, std: Math.sqrt(5), min: 1, max: 7 },
    { mean: 10, std: 0, min: 10, max: 10 },
  ])
})

test('of images one figure a channel', async () => {
  // Two images of 1×2 pixels and two channels.
  const images = dataOf(Float32Array.of(0, 5, 2, 5, 4, 9, 6, 9), [1, 2, 2])
  expect(await statisticsOf(images, all(2))).toEqual([
    { mean: 3, std: Math.sqrt(5), min: 0, max: 6 },
    { mean: 7, std: 2, min: 5, max: 9 },
  ])
})

test('only the samples that are asked for count', async () => {
  const table = dataOf(Float32Array.of(1, 1000, 3, -1000), [1])
  expect(await statisticsOf(table, Uint32Array.of(0, 2))).toEqual([{ mean: 2, std: 1, min: 1, max: 3 }])
})

test('over many batches, and of small differences in large numbers, as in two passes', async () => {
  const random = createRandom(5)
  const values = Float32Array.from({ length: 1000 }, () => 100_000 + random.normal())
  const [found] = await statisticsOf(dataOf(values, [1]), all(1000))
  const mean = values.reduce((a, b) => a + b, 0) / 1000
  const std = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / 1000)
  expect(found?.mean).toBeCloseTo(mean, 6)
  expect(found?.std).toBeCloseTo(std, 6)
})

test('samples are brought to memory a batch at a time', async () => {
  const asked: number[] = []
  const data = {
    ...dataOf(new Float32Array(300), [1]),
    load: async (indices: Uint32Array) => void asked.push(indices.length),
  }
  await statisticsOf(data, all(300))
  expect(Math.max(...asked)).toBeLessThanOrEqual(64)
  expect(asked.reduce((a, b) => a + b, 0)).toBe(300)
})
