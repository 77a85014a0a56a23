import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { noteText } from '#shared/training/notes'
import { makeBatches, readBatch } from '../../../../electron/trainer/data/batch'
import { describeData } from '../../../../electron/trainer/data/describe'
import { ImageCache } from '../../../../electron/trainer/data/imageCache'
import { openData } from '../../../../electron/trainer/data/open'
import { sample } from './fixtures'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-images-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function put(name: string, bytes: Uint8Array): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}
const plain = (r: number, g: number, b: number, side = 8) =>
  sharp({ create: { width: side, height: side, channels: 3, background: { r, g, b } } })
const png = (r: number, g: number, b: number) => plain(r, g, b).png().toBuffer()

async function open(options = '?size=4x4') {
  const result = await openData(`images:${folder}${options}`)
  return result.ok
    ? { data: result.value, error: '' }
    : { data: null, error: result.error.message.replaceAll(folder, 'FOLDER') }
}
const all = (n: number) => Uint32Array.from({ length: n }, (_, i) => i)

test('a folder per class; PNG, JPEG and WebP, colour or grey, resized', async () => {
  put('cats/a.png', await png(255, 0, 0))
  put('cats/b.PNG', await plain(0, 0, 0).greyscale().png().toBuffer())
  put('cats/notes.txt', Buffer.from('not a picture'))
  put('dogs/c.jpg', await plain(255, 255, 255, 30).jpeg().toBuffer())
  put('dogs/d.webp', await plain(0, 51, 0).webp({ lossless: true }).toBuffer())
  put(
    'dogs/e.png',
    await sharp({ create: { width: 3, height: 3, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer(),
  )
  const { data } = await open()
  expect(data).toMatchObject({ size: 5, inputShape: [4, 4, 3], labels: ['cats', 'dogs'], problems: [] })
  await data?.load?.(all(5))
  const first = [0, 1, 2, 3, 4].map((i) => sample(data, i)[0]?.slice(0, 3))
  expect(first).toEqual([
    [1, 0, 0],
    [0, 0, 0],
    [1, 1, 1],
    [0, Math.fround(0.2), 0],
    [1, 1, 1],
  ])
  expect(sample(data, 2)[1]).toEqual([0, 1])
  const grey = (await open('?size=2x3&channels=1')).data
  expect(grey?.inputShape).toEqual([2, 3, 1])
  await grey?.load?.(all(5))
  expect(sample(grey, 2)[0]).toEqual([1, 1, 1, 1, 1, 1])
})

test('a picture lies as it is seen: rows from the top, turned as EXIF says', async () => {
  const rows = Buffer.from([255, 255, 0, 0])
  const two = sharp(rows, { raw: { width: 2, height: 2, channels: 1 } })
  put('a/plain.png', await two.clone().png().toBuffer())
  put('b/turned.jpg', await two.clone().jpeg({ quality: 100 }).withMetadata({ orientation: 3 }).toBuffer())
  const { data } = await open('?size=2x2&channels=1')
  await data?.load?.(all(2))
  expect(sample(data, 0)[0]).toEqual([1, 1, 0, 0])
  expect(sample(data, 1)[0]?.map(Math.round)).toEqual([0, 0, 1, 1])
})

test('damaged pictures are skipped and named', async () => {
  const whole = await png(9, 9, 9)
  for (const name of ['a/1.png', 'a/2.png', 'b/1.png', 'b/2.png']) put(name, whole)
  put('a/cut.png', whole.subarray(0, whole.length - 20))
  put('a/cut.jpg', (await plain(1, 2, 3, 64).jpeg().toBuffer()).subarray(0, -9))
  put('b/empty.webp', Buffer.alloc(0))
  put('b/text.jpg', Buffer.from('hello, this is a text'))
  put('c/only.png', Buffer.from('nothing'))
  const { data } = await open()
  expect(data).toMatchObject({ size: 4, labels: ['a', 'b'] })
  expect(data?.problems.map((p) => noteText(p).replaceAll(`${folder}/`, ''))).toEqual([
    'a/cut.jpg is skipped: it is cut short.',
    'a/cut.png is skipped: it is cut short.',
    'b/empty.webp is skipped: the file is empty.',
    'b/text.jpg is skipped: it is neither PNG, JPEG nor WebP.',
    'c/only.png is skipped: it is neither PNG, JPEG nor WebP.',
    'The folder c holds no readable picture: it is no class.',
  ])
})

test('a picture that is found damaged when it is decoded is skipped too: the next of its class stands in', async () => {
  const broken = Buffer.from(await plain(1, 1, 1, 32).png().toBuffer())
  broken.fill(0x55, 40, broken.length - 12)
  put('a/1.png', broken)
  put('a/2.png', await png(255, 255, 255))
  put('b/1.png', await png(0, 0, 0))
  const { data } = await open()
  if (!data) throw new Error('not opened')
  expect(data.size).toBe(3)
  const { x, y } = await readBatch(data, all(3), makeBatches(data, 3))
  expect([x[0], x[48], x[96]]).toEqual([1, 1, 0])
  expect([...y]).toEqual([1, 0, 1, 0, 0, 1])
  expect((await describeData(data)).problems.map(noteText)).toContainEqual(
    expect.stringContaining('a/1.png is skipped: '),
  )
})

test.each([
  [[], 'The folder FOLDER holds no folder of a class.'],
  [['a.png'], 'The folder FOLDER holds no folder of a class.'],
  [['a/notes.txt'], 'The folder FOLDER holds no PNG, JPEG or WebP pictures.'],
  [['a/1.png', 'a/2.png'], 'All pictures of FOLDER are in the folder a. There is nothing to tell apart'],
])('%j: says what is wrong', async (names, message) => {
  for (const name of names) put(name, await png(0, 0, 0))
  expect((await open()).error).toContain(message)
})

test('options and folders that do not fit', async () => {
  expect((await open('?size=64')).error).toBe(
    'The option size wants height and width up to 4096, such as 64x64. Received: 64.',
  )
  expect((await open('?channels=4')).error).toBe('The option channels wants 1 (grey) or 3 (colour). Received: 4.')
  expect(await openData(`images:${join(folder, 'none')}`)).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('it does not exist') },
  })
})

test('hundreds of pictures are decoded batch by batch, and the cache holds its bound', async () => {
  const image = await png(0, 255, 0)
  for (let i = 0; i < 300; i++) put(`${i % 3}/${i}.png`, image)
  const { data } = await open('?size=8x8')
  if (!data) throw new Error('not opened')
  expect(data.size).toBe(300)
  const asked: number[] = []
  const watched = {
    ...data,
    load(indices: Uint32Array) {
      asked.push(indices.length)
      return data.load?.(indices) ?? Promise.resolve()
    },
  }
  await describeData(watched)
  const batches = makeBatches(watched, 16)
  for (let from = 0; from < 300; from += 16) {
    const { x } = await readBatch(watched, all(300).subarray(from, from + 16), batches)
    expect([x[0], x[1], x[2]]).toEqual([0, 1, 0])
  }
  expect(Math.max(...asked)).toBe(16)
  expect(() => data.read(300, new Float32Array(192), 0)).toThrow('before it was loaded')
})

test('the cache: at most its bytes, or one batch; the oldest go first; what is there is not decoded again', async () => {
  const decoded: number[] = []
  const decode = async (i: number) => {
    decoded.push(i)
    return new Uint8Array(10).fill(i)
  }
  const cache = new ImageCache(decode, 50)
  let most = 0
  for (let from = 0; from < 200; from += 4) {
    await cache.load(Uint32Array.of(from, from + 1, from + 2, from + 3))
    most = Math.max(most, cache.bytes)
  }
  expect(most).toBe(50)
  decoded.length = 0
  await cache.load(Uint32Array.of(195, 196, 197))
  expect(decoded).toEqual([])
  await cache.load(Uint32Array.of(1, 2, 1))
  expect(decoded).toEqual([1, 2])
  expect(cache.get(195)[0]).toBe(195)
  expect(() => cache.get(198)).toThrow('before it was loaded')
  await cache.load(all(20))
  expect(cache.bytes).toBe(200)
  expect([...all(20)].map((i) => cache.get(i)[0])).toEqual([...all(20)])
  await cache.load(Uint32Array.of(30))
  expect(cache.bytes).toBe(50)
})
