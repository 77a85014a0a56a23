import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { note } from '#shared/training/notes'
import { openData } from '../../../../electron/trainer/data/open'
import { idx, sample } from './fixtures'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-binary-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const put = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
async function open(spec: string) {
  const result = await openData(spec)
  return result.ok
    ? { data: result.value, error: '' }
    : { data: null, error: result.error.message.replaceAll(`${folder}/`, '') }
}

test('IDX images and labels, plain and gzip, found by their usual names or given', async () => {
  const images = idx([3, 2, 2], [0, 51, 102, 255, 1, 2, 3, 4, 255, 255, 0, 0])
  const labels = idx([3], [1, 0, 1])
  const path = put('train-images-idx3-ubyte', images)
  put('train-labels-idx1-ubyte.gz', gzipSync(labels))
  const { data } = await open(`idx:${path}`)
  expect(data).toMatchObject({ size: 3, inputShape: [2, 2, 1], labels: ['0', '1'], targetSize: 2, range: [0, 1] })
  expect(sample(data, 0)).toEqual([
    [0, Math.fround(0.2), Math.fround(0.4), 1],
    [0, 1],
  ])
  expect(sample(data, 2)).toEqual([
    [1, 1, 0, 0],
    [0, 1],
  ])
  put('a.gz', gzipSync(images))
  put('b', labels)
  expect((await open(`idx:${join(folder, 'a.gz')}?labels=b`)).data).toMatchObject({ size: 3 })
})

test.each([
  [
    'no labels',
    [2, 1, 1],
    [1, 2],
    null,
    'The labels of x are not beside it under the usual name. Give them: idx:x?labels=<file>.',
  ],
  ['cut short', [2, 1, 2], [1, 2, 3], [0, 1], 'x is cut short: 2×1×2 values need 20 bytes, but there are 19.'],
  ['fewer labels', [3, 1, 1], [1, 2, 3], [0, 1], 'y has 2 labels, but x has 3 images. Every image needs one.'],
  ['one class', [2, 1, 1], [1, 2], [4, 4], 'All labels of y are 4. There is nothing to tell apart.'],
  ['labels as images', [2], [1, 2], [0, 1], 'x holds labels, not images: it has one dimension.'],
] as const)('IDX with %s says what is wrong', async (_, dims, values, labels, message) => {
  const path = put('x', idx(dims, values))
  if (labels) put('y', idx([labels.length], labels))
  expect((await open(`idx:${path}${labels ? '?labels=y' : ''}`)).error).toBe(message)
})

test('what is no IDX file, a damaged archive, a missing file', async () => {
  expect((await open(`idx:${put('t', Buffer.from('hello world'))}?labels=t`)).error).toMatch(/^t is not an IDX file/)
  const cut = gzipSync(idx([2, 1, 1], [1, 2])).subarray(0, 15)
  expect((await open(`idx:${put('c.gz', cut)}?labels=t`)).error).toBe(
    'The gzip file c.gz is damaged or cut short. Copy or download it again.',
  )
  expect((await open(`idx:${join(folder, 'none')}`)).error).toBe(
    'The file none is not usable: it does not exist. Check the path.',
  )
})

/** A record whose red, green and blue planes begin with the three values. */
function record(header: readonly number[], [r, g, b]: readonly [number, number, number]): Buffer {
  const planes = Buffer.alloc(3072)
  planes[0] = r
  planes[1024] = g
  planes[2048] = b
  return Buffer.concat([Buffer.from(header), planes])
}

test('CIFAR-10: planes become channels; all files of a folder, in order', async () => {
  put('data_batch_1.bin', Buffer.concat([record([3], [255, 51, 0]), record([9], [0, 0, 255])]))
  put('test_batch.bin', record([0], [0, 255, 0]))
  const { data } = await open(`cifar10:${folder}`)
  expect(data).toMatchObject({ size: 3, inputShape: [32, 32, 3], targetSize: 10 })
  expect([0, 1, 2].map((i) => data?.labels?.[data.classOf(i)])).toEqual(['cat', 'truck', 'airplane'])
  expect(sample(data, 0)[0]?.slice(0, 4)).toEqual([1, Math.fround(0.2), 0, 0])
  expect(data?.problems).toContainEqual(note('emptyClass', { label: 'dog' }))
  expect((await open(`cifar10:${join(folder, 'data_batch_1.bin')}`)).data?.size).toBe(2)
})

test('CIFAR-100 takes the fine label', async () => {
  const { data } = await open(`cifar100:${put('train.bin', record([7, 42], [1, 2, 3]))}`)
  expect(data).toMatchObject({ size: 1, targetSize: 100 })
  expect(data?.classOf(0)).toBe(42)
})

test('CIFAR files that are wrong', async () => {
  expect((await open(`cifar10:${put('short.bin', Buffer.alloc(3000))}`)).error).toBe(
    'short.bin is no whole cifar10 file: its 3000 bytes are not a multiple of 3073. Copy or download it again.',
  )
  expect((await open(`cifar10:${put('odd.bin', record([77], [0, 0, 0]))}`)).error).toMatch(
    /^odd.bin: record 0 has the class 77, but cifar10 has 10/,
  )
  expect((await open(`cifar10:${join(folder, 'nowhere')}`)).error).toMatch(/it does not exist/)
})
