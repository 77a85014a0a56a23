import { describe, expect, test } from 'vitest'
import {
  type InitializerType,
  type InitialWeight,
  initializerTypes,
  initialValues,
} from '#shared/training/initializers'
import { createRandom } from '#shared/training/random'

const draw = (type: InitializerType, weight: InitialWeight, seed = 1): Float32Array =>
  initialValues(type, weight, createRandom(seed))
const meanOf = (v: Float32Array): number => v.reduce((a, b) => a + b, 0) / v.length
const deviationOf = (v: Float32Array): number => Math.sqrt(meanOf(v.map((x) => x * x)) - meanOf(v) ** 2)
const largest = (v: Float32Array): number => v.reduce((a, b) => Math.max(a, Math.abs(b)), 0)

test.each(initializerTypes)('%s fills every shape, and the same seed gives the same values', (type) => {
  for (const shape of [[7], [5, 8], [3, 3, 4, 6]]) {
    const values = draw(type, { shape })
    expect(values).toHaveLength(shape.reduce((a, b) => a * b))
    expect(values.every(Number.isFinite)).toBe(true)
    expect(draw(type, { shape })).toEqual(values)
  }
})

describe('784 inputs, 128 units', () => {
  const shape = [784, 128]
  /** Bounds and deviations as the papers and Keras give them; a uniform ±a has the deviation a / √3. */
  test.each([
    ['glorotUniform', 0.081111, 0.081111 / Math.sqrt(3)],
    ['heUniform', Math.sqrt(6 / 784), 0.050508],
    ['lecunUniform', Math.sqrt(3 / 784), Math.sqrt(1 / 784)],
    ['randomUniform', 0.05, 0.05 / Math.sqrt(3)],
  ] as const)('%s lies within ±%f and reaches nearly so far', (type, limit, deviation) => {
    const values = draw(type, { shape })
    expect(largest(values)).toBeLessThanOrEqual(limit + 1e-6)
    expect(largest(values)).toBeGreaterThan(limit * 0.999)
    expect(Math.abs(meanOf(values))).toBeLessThan(limit / 100)
    expect(deviationOf(values) / deviation).toBeCloseTo(1, 2)
  })
  test.each([
    ['glorotNormal', Math.sqrt(2 / (784 + 128))],
    ['heNormal', 0.050508],
    ['lecunNormal', Math.sqrt(1 / 784)],
  ] as const)('%s has the deviation %f after it was cut at two', (type, deviation) => {
    const values = draw(type, { shape })
    expect(deviationOf(values) / deviation).toBeCloseTo(1, 2)
    expect(largest(values)).toBeLessThanOrEqual((2 * deviation) / 0.8796256)
    expect(Math.abs(meanOf(values))).toBeLessThan(deviation / 50)
  })
  test('randomNormal is not cut, truncatedNormal is; both follow the scale', () => {
    const normal = draw('randomNormal', { shape, scale: 0.2 })
    expect(deviationOf(normal)).toBeCloseTo(0.2, 2)
    expect(largest(normal)).toBeGreaterThan(0.6)
    const cut = draw('truncatedNormal', { shape, scale: 0.2 })
    expect(largest(cut)).toBeLessThanOrEqual(0.4 + 1e-6)
    // The deviation of a standard normal between −2 and 2.
    expect(deviationOf(cut) / 0.2).toBeCloseTo(0.8796, 2)
  })
})

test('the field of a convolution counts as inputs; a depthwise kernel sees one channel', () => {
  expect(largest(draw('heUniform', { shape: [3, 3, 16, 32] }))).toBeCloseTo(Math.sqrt(6 / 144), 3)
  expect(largest(draw('heUniform', { shape: [3, 3, 512, 1], depthwise: true }))).toBeCloseTo(Math.sqrt(6 / 9), 2)
})

test.each([[[40, 12]], [[12, 40]], [[20, 20]], [[3, 3, 4, 8]]])(
  'orthogonal: rows or columns of %j stand at right angles and have length 1',
  (shape) => {
    const values = draw('orthogonal', { shape })
    const columns = shape.at(-1) ?? 1
    const rows = values.length / columns
    const at = (row: number, column: number) => values[row * columns + column] ?? 0
    const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)]
    const entry = (v: number, i: number) => (columns <= rows ? at(i, v) : at(v, i))
    for (let a = 0; a < count; a++)
      for (let b = 0; b <= a; b++) {
        let dot = 0
        for (let i = 0; i < length; i++) dot += entry(a, i) * entry(b, i)
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 5)
      }
  },
)

test('zeros, ones, constant', () => {
  expect([...draw('zeros', { shape: [2, 2] })]).toEqual([0, 0, 0, 0])
  expect([...draw('ones', { shape: [2] })]).toEqual([1, 1])
  expect([...draw('constant', { shape: [2], scale: 0.25 })]).toEqual([0.25, 0.25])
})

test('identity: the unit matrix, and a convolution that changes nothing', () => {
  expect([...draw('identity', { shape: [2, 3] })]).toEqual([1, 0, 0, 0, 1, 0])
  const kernel = draw('identity', { shape: [3, 3, 2, 2] })
  const centre = [...kernel.slice(16, 20)]
  expect(centre).toEqual([1, 0, 0, 1])
  expect(kernel.reduce((a, b) => a + b)).toBe(2)
  expect([...draw('identity', { shape: [3, 1, 1, 2], depthwise: true })]).toEqual([0, 0, 1, 1, 0, 0])
})

test('bilinear: the filter that enlarges by two', () => {
  // Kernel of 4: 0.25, 0.75, 0.75, 0.25 along each axis.
  const row = [0.25, 0.75, 0.75, 0.25]
  const expected = row.flatMap((a) => row.map((b) => a * b))
  expect([...draw('bilinear', { shape: [4, 4, 1, 1] })]).toEqual(expected)
})

test('sparse: 15 inputs of each unit', () => {
  const values = draw('sparse', { shape: [100, 30] })
  for (let unit = 0; unit < 30; unit++)
    expect(Array.from({ length: 100 }, (_, i) => values[i * 30 + unit]).filter((v) => v !== 0)).toHaveLength(15)
})
