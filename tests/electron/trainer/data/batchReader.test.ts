import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { defaultTraining } from '#shared/training/config'
import { createRandom } from '#shared/training/random'
import { compile, dispose } from '../../../../electron/trainer/compile'
import { augmenting } from '../../../../electron/trainer/data/augmented'
import { AugmentThreads, threadsBeside } from '../../../../electron/trainer/data/augmentThreads'
import { BatchReader } from '../../../../electron/trainer/data/batchReader'
import { fitToNetwork } from '../../../../electron/trainer/data/fit'
import { openImages } from '../../../../electron/trainer/data/images'
import { type BuiltTrainer, buildTrainer } from '../builtTrainer'

const COUNT = 40
let folder = ''
let built: BuiltTrainer

beforeAll(async () => {
  built = await buildTrainer({ augmentThread: 'electron/trainer/data/augmentThread.ts' })
  folder = mkdtempSync(join(tmpdir(), 'netloom-reader-'))
  const random = createRandom(5)
  for (let i = 0; i < COUNT; i++) {
    const pixels = Buffer.from(Uint8Array.from({ length: 12 * 10 * 3 }, () => random.below(256)))
    const inside = join(folder, i % 2 === 0 ? 'even' : 'odd')
    mkdirSync(inside, { recursive: true })
    const image = sharp(pixels, { raw: { width: 12, height: 10, channels: 3 } })
    await image.png().toFile(join(inside, `${String(i).padStart(3, '0')}.png`))
  }
})
afterAll(() => {
  built.remove()
  rmSync(folder, { recursive: true, force: true })
})

const settings = { ...defaultTraining, flip: 'both', rotation: 20, shift: 0.2, noise: 0.1, seed: 4 } as const

/** Of a network that wants pictures of 16×16, so that they are padded. */
async function fitted() {
  // Room for two pictures: each is decoded again and again.
  const opened = await openImages(`images:${folder}?size=12x12`, 2 * 12 * 12 * 3)
  if (!opened.ok) throw new Error(opened.error.message)
  const source = opened.value
  const b = new Builder()
  b.layer('dense', { units: 2, activation: 'softmax' }, b.layer('flatten', {}, b.input([16, 16, 3])))
  const compiled = compile(b.build())
  if (!compiled.ok) throw new Error(compiled.error.message)
  const fit = fitToNetwork(source, compiled.value)
  const changing = augmenting(settings, source, compiled.value)
  if (!fit.ok || !changing) throw new Error('does not fit')
  dispose(compiled.value)
  return { source, data: fit.value.data, changing }
}

const order = (epoch: number): Uint32Array => {
  const all = Uint32Array.from({ length: COUNT }, (_, i) => i)
  createRandom(1, epoch).shuffle(all)
  return all
}

async function take(reader: BatchReader, count: number): Promise<number[][]> {
  const batches: number[][] = []
  for (let i = 0; i < count; i++) {
    const { x, y } = await reader.next()
    batches.push([...x, ...y])
  }
  return batches
}

test('an engine that computes on all processors leaves none of two', () => {
  expect([2, 4, 16, 64].map((n) => threadsBeside('onnx', n))).toEqual([0, 1, 4, 4])
  expect([1, 2, 4, 16].map((n) => threadsBeside('wasm', n))).toEqual([0, 1, 3, 4])
})

describe('batches read ahead', () => {
  test('by threads, by the main thread, and after a break in the middle of an epoch they are the same', async () => {
    const own = await fitted()
    const threads = new AugmentThreads(join(built.folder, 'augmentThread.js'), own.changing.orders, 2)
    const train = { data: own.changing.data, source: own.source }
    const direct = new BatchReader(own.data, 16, { ...train, threads: null })
    const ahead = new BatchReader(own.data, 16, { ...train, threads })
    direct.begin(order(0), 0)
    const right = await take(direct, 3)
    expect(right.map((b) => b.length)).toEqual([16, 16, 8].map((n) => n * (16 * 16 * 3 + 2)))
    ahead.begin(order(0), 0)
    expect(await take(ahead, 3)).toEqual(right)

    // Left after one batch for an evaluation, as at a stop; then gone on with.
    ahead.begin(order(0), 0)
    expect(await take(ahead, 1)).toEqual(right.slice(0, 1))
    ahead.begin(order(9), null)
    direct.begin(order(9), null)
    expect(await take(ahead, 3)).toEqual(await take(direct, 3))
    ahead.begin(order(0).subarray(16), 0)
    expect(await take(ahead, 2)).toEqual(right.slice(1))

    // Another epoch sees other versions.
    ahead.begin(order(0), 1)
    expect((await take(ahead, 1))[0]).not.toEqual(right[0])
    await threads.close()
  })

  test('a thread that is lost is an error, also for who asks later', async () => {
    const own = await fitted()
    const threads = new AugmentThreads(join(built.folder, 'augmentThread.js'), own.changing.orders, 2)
    const reader = new BatchReader(own.data, 8, { data: own.changing.data, source: own.source, threads })
    reader.begin(order(0), 0)
    await take(reader, 1)
    await threads.close()
    await expect(take(reader, 4)).rejects.toThrow('A thread that changes pictures ended')
    const absent = new AugmentThreads(join(built.folder, 'absent.js'), own.changing.orders, 2)
    const other = new BatchReader(own.data, 8, { data: own.changing.data, source: own.source, threads: absent })
    other.begin(order(0), 0)
    await expect(take(other, 1)).rejects.toThrow('absent.js')
  })

  test('pictures that are gone are told when their batch is asked for, and not before', async () => {
    const own = await fitted()
    const reader = new BatchReader(own.data, 8)
    reader.begin(order(0), null)
    await take(reader, 1)
    await rm(folder, { recursive: true })
    await expect(take(reader, 4)).rejects.toThrow(/is not there any more/)
  })
})
