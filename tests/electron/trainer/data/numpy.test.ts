import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { note } from '#shared/training/notes'
import { openData } from '../../../../electron/trainer/data/open'
import { bytesOf, npy, sample } from './fixtures'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-numpy-'))
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

const floats = npy('<f4', [3, 2], bytesOf(Float32Array.of(1, 2, 3, 4, 5, -6)))
const classes = npy('<i8', [3], bytesOf(BigInt64Array.of(0n, 2n, 0n)))
const prices = npy('<f8', [3, 1], bytesOf(Float64Array.of(0.5, 1.5, 2.5)))

test('NPY: whole numbers are classes, floats are numbers to predict', async () => {
  const path = put('samples.npy', floats)
  put('classes.npy', classes)
  put('prices.npy', prices)
  const { data } = await open(`npy:${path}?labels=classes.npy`)
  expect(data).toMatchObject({ size: 3, inputShape: [2], labels: ['0', '1', '2'], targetSize: 3, range: [-6, 5] })
  expect(data?.problems).toEqual([note('emptyClass', { label: '1' }), note('loneSample', { label: '2' })])
  expect(sample(data, 1)).toEqual([
    [3, 4],
    [0, 0, 1],
  ])
  const numbers = (await open(`npy:${path}?labels=prices.npy`)).data
  expect(numbers).toMatchObject({ labels: null, targetSize: 1 })
  expect(sample(numbers, 2)).toEqual([[5, -6], [2.5]])
})

test('bytes with three axes are pictures; big-endian values are read', async () => {
  put('x_train.npy', npy('|u1', [2, 1, 2], Uint8Array.of(0, 255, 51, 0)))
  const big = Buffer.alloc(8)
  big.writeInt32BE(1, 4)
  put('y_train.npy', npy('>i4', [2], big))
  const { data } = await open(`npy:${join(folder, 'x_train.npy')}`)
  expect(data).toMatchObject({ size: 2, inputShape: [1, 2, 1], labels: ['0', '1'] })
  expect(sample(data, 1)).toEqual([
    [Math.fround(0.2), 0],
    [0, 1],
  ])
})

test('NPZ: the usual names, or the given ones', async () => {
  const path = put('set.npz', zipSync({ 'x_train.npy': floats, 'y_train.npy': classes, 'prices.npy': prices }))
  expect((await open(`npz:${path}`)).data).toMatchObject({ size: 3, targetSize: 3 })
  expect((await open(`npz:${path}?y=prices`)).data).toMatchObject({ size: 3, labels: null })
  expect((await open(`npz:${path}?x=other`)).error).toBe(
    'There is no array other in set.npz. It holds x_train, y_train, prices. Name them: npz:set.npz?x=<samples>&y=<labels>.',
  )
  expect((await open(`npz:${put('bad.npz', Buffer.from('no zip'))}`)).error).toBe(
    'bad.npz is not an NPZ archive, or it is damaged. Save the arrays with numpy.savez.',
  )
})

test.each([
  ['a text', Buffer.from('1,2,3 and more'), classes, /^x is not an NPY file/],
  ['values that are missing', floats.subarray(0, floats.length - 4), classes, /^x is cut short: 3×2 values of f4 need/],
  ['strings', npy('<U5', [3], new Uint8Array(60)), classes, /^x holds values of the type U5\. Save it as numbers/],
  ['columns first', npy('<f4', [3, 2], bytesOf(new Float32Array(6)), 'True'), classes, /^x is stored column by column/],
  ['too few labels', floats, npy('<i4', [2], bytesOf(Int32Array.of(0, 1))), /^y has 2 labels, but x has 3 samples/],
  [
    'NaN',
    npy('<f4', [3, 1], bytesOf(Float32Array.of(0, Number.NaN, 1))),
    classes,
    /^x: sample 1 holds NaN or infinity/,
  ],
  [
    'negative labels',
    floats,
    npy('<i4', [3], bytesOf(Int32Array.of(0, -1, 1))),
    /^y: label 1 is -1\. Labels are whole/,
  ],
])('NPY with %s says what is wrong', async (_, x, y, message) => {
  const path = put('x', x)
  put('y', y)
  expect((await open(`npy:${path}?labels=y`)).error).toMatch(message)
})
