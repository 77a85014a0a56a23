import { expect, test } from 'vitest'
import { defaultTraining } from '#shared/training/config'
import { note } from '#shared/training/notes'
import { augmentationNotes, augmented } from '../../../../electron/trainer/data/augmented'
import { makeBatches, readBatch } from '../../../../electron/trainer/data/batch'
import { type DataSet, inMemory } from '../../../../electron/trainer/data/dataSet'

const about = { spec: '', range: [0, 1] as const, preprocessing: '', problems: [] }
const images: DataSet = inMemory(
  Float32Array.from({ length: 4 * 48 }, (_, i) => (i % 48) / 48),
  Uint16Array.of(0, 1, 1, 0),
  { ...about, inputShape: [4, 4, 3], labels: ['a', 'b'], targetSize: 2 },
)
const settings = { ...defaultTraining, flip: 'both', shift: 0.25, rotation: 20, noise: 0.1 } as const

async function batch(epoch: number, indices: number[], seed = 7) {
  const changing = augmented(images, settings, seed)
  changing.epoch = epoch
  const { x, y } = await readBatch(changing.data, Uint32Array.from(indices), makeBatches(images, 4))
  return indices.map((_, i) => ({ x: [...x.subarray(i * 48, i * 48 + 48)], y: [...y.subarray(i * 2, i * 2 + 2)] }))
}

test('a sample looks the same in whichever batch it comes, and otherwise in each epoch', async () => {
  const [first, second] = await batch(3, [1, 2])
  expect((await batch(3, [2, 3, 1]))[2]).toEqual(first)
  expect((await batch(3, [2]))[0]).toEqual(second)
  expect((await batch(4, [1]))[0]?.x).not.toEqual(first?.x)
  expect((await batch(3, [1], 8))[0]?.x).not.toEqual(first?.x)
  // Equal pictures are changed each in its own way.
  expect(second?.x).not.toEqual(first?.x)
})

test('targets are never changed, and the data itself stays as it was', async () => {
  const before = new Float32Array(48)
  images.read(1, before, 0)
  const [changed] = await batch(0, [1])
  const after = new Float32Array(48)
  images.read(1, after, 0)
  expect(changed?.y).toEqual([0, 1])
  expect(changed?.x).not.toEqual([...before])
  expect(after).toEqual(before)
  expect(changed?.x.every((v) => v >= 0 && v <= 1)).toBe(true)
})

test('says where it does nothing, and where a flip makes other signs', () => {
  const notes = (data: Partial<DataSet>) => augmentationNotes(settings, { ...images, ...data })
  expect(notes({})).toEqual([note('mirroredSigns', {})])
  expect(notes({ labels: ['cat', 'dog'] })).toEqual([])
  expect(notes({ inputShape: [48] })).toEqual([note('augmentationUnused', { shape: '48' })])
  expect(augmentationNotes(defaultTraining, { ...images, inputShape: [48] })).toEqual([])
})
