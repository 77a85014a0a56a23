import { expect, test } from 'vitest'
import { note } from '#shared/training/notes'
import { compile } from '../../../../electron/trainer/compile'
import { type DataSet, inMemory } from '../../../../electron/trainer/data/dataSet'
import { describeData } from '../../../../electron/trainer/data/describe'
import { digits } from '../../../../electron/trainer/data/digits'
import { fitToNetwork } from '../../../../electron/trainer/data/fit'
import { openData } from '../../../../electron/trainer/data/open'
import { sequences } from '../../../../electron/trainer/data/sequences'
import { shapes } from '../../../../electron/trainer/data/shapes'
import { split } from '../../../../electron/trainer/data/split'
import { logistic } from '../networks'

const of = (classes: readonly number[], shape: readonly number[]) =>
  inMemory(
    Float32Array.from({ length: classes.length * shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
    Uint16Array.from(classes),
    {
      spec: 'test',
      inputShape: shape,
      labels: ['a', 'b', 'c'],
      targetSize: 3,
      range: [0, 1],
      preprocessing: '',
      problems: [],
    },
  )

test('the digits are the same ones every time, within 0 and 1, and of ten kinds', async () => {
  const [a, b] = [digits(), digits()]
  const [x, y] = [new Float32Array(784), new Float32Array(784)]
  for (const i of [0, 1, 4321, 5999]) {
    a.read(i, x, 0)
    b.read(i, y, 0)
    expect(x).toEqual(y)
    expect(Math.min(...x)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...x)).toBeLessThanOrEqual(1)
    expect(x.reduce((s, v) => s + v)).toBeGreaterThan(10)
    expect(a.classOf(i)).toBe(i % 10)
  }
  a.read(0, x, 0)
  a.read(10, y, 0)
  expect(x).not.toEqual(y)
  const summary = await describeData(a)
  expect(summary.balance).toEqual(Array.from({ length: 10 }, () => 600))
  expect(new Set(summary.preview.map((p) => p.label)).size).toBe(10)
})

/** The means of all values and of their squares. */
function moments(data: DataSet): readonly [number, number] {
  const x = new Float32Array(data.inputShape.reduce((a, b) => a * b, 1))
  let [sum, squares] = [0, 0]
  for (let i = 0; i < data.size; i++) {
    data.read(i, x, 0)
    for (const v of x) {
      sum += v
      squares += v * v
    }
  }
  return [sum / (x.length * data.size), squares / (x.length * data.size)]
}

test.each([
  ['digits', digits, [0.11542815359050787, 0.07067988953158989]],
  ['shapes', shapes, [0.49944653182823096, 0.3316750293853184]],
] as const)('the pictures of %s are those that earlier versions drew', (_name, draw, [mean, square]) => {
  const [m, s] = moments(draw())
  expect(m).toBeCloseTo(mean, 8)
  expect(s).toBeCloseTo(square, 8)
})

test('the other built-in sets: shapes, two spirals, a noisy curve', async () => {
  const open = async (spec: string) => {
    const data = await openData(spec)
    if (!data.ok) throw new Error(data.error.message)
    return describeData(data.value)
  }
  const figures = await open('shapes')
  expect(figures).toMatchObject({ samples: 4000, inputShape: [32, 32, 3], targetSize: 10 })
  expect(figures.balance).toEqual(Array.from({ length: 10 }, () => 400))
  expect(new Set(figures.preview.map((p) => p.label)).size).toBe(10)
  expect(await open('spirals')).toMatchObject({ samples: 1000, inputShape: [2], balance: [500, 500] })
  expect(await open('curve')).toMatchObject({ samples: 1000, inputShape: [1], labels: null, targetSize: 1 })
  expect(await open('regression')).toEqual(await open('curve'))
  expect(await open('sequences')).toMatchObject({ samples: 2000, inputShape: [24], balance: [500, 500, 500, 500] })
  expect(await open('shapes')).toEqual(figures)
})

test('with the shares of a split come the figures of its training part', async () => {
  const data = await openData('spirals')
  if (!data.ok) throw new Error(data.error.message)
  expect(await describeData(data.value)).not.toHaveProperty('statistics')
  const { statistics } = await describeData(data.value, { validationSplit: 0.25, testSplit: 0.05, seed: 3 })
  expect(statistics?.samples).toBe(700)
  expect(statistics?.places).toHaveLength(2)
  for (const { mean, std, min, max } of statistics?.places ?? []) {
    expect(Math.abs(mean)).toBeLessThan(0.1)
    expect(std).toBeGreaterThan(0.3)
    expect(min).toBeLessThan(-0.8)
    expect(max).toBeGreaterThan(0.8)
  }
})

test('sequences hold whole numbers, and letters alone tell nothing', () => {
  const data = sequences()
  const x = new Float32Array(24)
  const counts = Array.from({ length: 4 }, () => new Array<number>(8).fill(0))
  for (let i = 0; i < data.size; i++) {
    data.read(i, x, 0)
    const row = counts[data.classOf(i)] ?? []
    for (const v of x) row[v] = (row[v] ?? 0) + 1
  }
  // 12,000 letters a class of 8 kinds; nothing but whole numbers from 0 to 7 was counted.
  for (const row of counts) {
    expect(row).toHaveLength(8)
    expect(row.reduce((a, b) => a + b)).toBe(12_000)
    for (const n of row) expect(Math.abs(n - 1500)).toBeLessThan(200)
  }
})

test('a split holds out the same share of every class, by seed', () => {
  const classes = Array.from({ length: 1000 }, (_, i) => (i % 10 < 7 ? 0 : i % 10 < 9 ? 1 : 2))
  const data = of(classes, [1])
  const by = (validationSplit: number, seed: number, testSplit = 0) => split(data, { validationSplit, testSplit }, seed)
  const { train, validation, test } = by(0.2, 5)
  expect([train.length, validation.length, test.length]).toEqual([800, 200, 0])
  expect(new Set([...train, ...validation]).size).toBe(1000)
  const held = [0, 1, 2].map((c) => validation.filter((i) => data.classOf(i) === c).length)
  expect(held).toEqual([140, 40, 20])
  expect(by(0.2, 5)).toEqual({ train, validation, test })
  expect(by(0.2, 6)).not.toEqual({ train, validation, test })
  expect(by(0, 5).validation).toHaveLength(0)
  // A test part is taken from what would be trained on: validation stays the same.
  const three = by(0.2, 5, 0.1)
  expect(three.validation).toEqual(validation)
  expect([three.train.length, three.test.length]).toEqual([700, 100])
  expect(new Set([...three.train, ...three.validation, ...three.test]).size).toBe(1000)
  expect([0, 1, 2].map((c) => three.test.filter((i) => data.classOf(i) === c).length)).toEqual([70, 20, 10])
})

test('many classes of few samples still give the share', () => {
  const tiny = inMemory(
    new Float32Array(30),
    Uint16Array.from({ length: 30 }, (_, i) => i % 10),
    {
      ...of([0], [1]),
      labels: Array.from({ length: 10 }, (_, i) => String(i)),
      targetSize: 10,
    },
  )
  expect(split(tiny, { validationSplit: 0.2, testSplit: 0 }, 1).validation).toHaveLength(6)
})

function fitted(data: DataSet, inputShape: readonly number[]) {
  const compiled = compile(logistic(inputShape, 3))
  if (!compiled.ok) throw new Error(compiled.error.message)
  return fitToNetwork(data, compiled.value)
}

test('samples are reshaped where the count agrees, and centred where the network wants a larger image', () => {
  const data = of([0, 1], [2, 2, 1])
  const flat = fitted(data, [4])
  expect(flat).toMatchObject({ ok: true, value: { notes: [note('reshaped', { from: '2×2×1', to: '4' })] } })
  const large = fitted(data, [4, 6, 1])
  if (!large.ok) throw new Error(large.error.message)
  const x = new Float32Array(24).fill(9)
  large.value.data.read(1, x, 0)
  expect([...x]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 5, 6, 0, 0, 0, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0])
  expect(fitted(data, [3, 4, 1]).ok).toBe(false)
  expect(fitted(data, [4, 4, 3]).ok).toBe(false)
})
