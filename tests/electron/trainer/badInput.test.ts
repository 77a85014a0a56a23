import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Project } from '#shared/project/project'
import { noteText } from '#shared/training/notes'
import { createRandom } from '#shared/training/random'
import type { TrainEvent } from '#shared/training/run'
import { openImages } from '../../../electron/trainer/data/images'
import { openData } from '../../../electron/trainer/data/open'
import { exportFailure, failureOf } from '../../../electron/trainer/failure'
import { resumeTraining } from '../../../electron/trainer/resume'
import { readRun } from '../../../electron/trainer/runs'
import { runTraining } from '../../../electron/trainer/train'
import { bytesOf, idx, npy } from './data/fixtures'
import { logistic, project } from './networks'

let work = ''
const at = (name: string) => join(work, name)
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'netloom-bad-'))
})
afterAll(() => rmSync(work, { recursive: true }))

function put(name: string, content: string | Uint8Array) {
  mkdirSync(dirname(at(name)), { recursive: true })
  writeFileSync(at(name), content)
}
const random = createRandom(8)
/** A noisy picture, so that no part of its file is empty. */
function picture(format: 'png' | 'jpeg', side = 32): Promise<Buffer> {
  const pixels = Buffer.from(Array.from({ length: side * side * 3 }, () => random.below(256)))
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    [format]()
    .toBuffer()
}
async function messageOf(spec: string): Promise<string> {
  const data = await openData(spec)
  return data.ok ? 'opened' : data.error.message.replaceAll(`${work}/`, '')
}

describe('data that cannot be used', () => {
  const images = idx(
    [4, 2, 2],
    Array.from({ length: 16 }, (_, i) => i),
  )
  const labels = idx([4], [0, 1, 2, 1])
  const spoilt = (at: number, value: number) => Buffer.from(images).fill(value, at, at + 1)
  const table = (text: string | Uint8Array) => ({ files: { 't.csv': text }, spec: 'csv:t.csv' })
  const mnist = (pictures: Uint8Array, classes: Uint8Array = labels) => ({
    files: { 'x-images-idx3-ubyte': pictures, 'x-labels-idx1-ubyte': classes },
    spec: 'idx:x-images-idx3-ubyte',
  })
  const numbers = (x: Float32Array, y: Int32Array) => ({
    files: { 'x.npy': npy('<f4', [2, 2], bytesOf(x)), 'y.npy': npy('<i4', [2], bytesOf(y)) },
    spec: 'npy:x.npy',
  })
  const cases: readonly [string, { files: Record<string, string | Uint8Array>; spec: string }, string][] = [
    ['a table of 0 rows', table(''), 't.csv holds no rows. Add one for each sample.'],
    ['a table of comments', table('# nothing\n'), 't.csv holds no rows. Add one for each sample.'],
    ['only a header', table('a,b,kind\n'), 't.csv has a header but no rows. Add rows of values below it.'],
    ['a ragged table', table('1,2,a\n3,b\n'), 't.csv, line 2: 2 values, but line 1 has 3. Every row needs as many.'],
    [
      'a binary file',
      table(npy('<f4', [1], new Uint8Array(4))),
      't.csv is no text but a binary file. Choose a table saved as CSV.',
    ],
    [
      'a quote without end',
      table('a,b,k\n1,"2,x\n'),
      't.csv is not a table: the quotation mark in line 2 is not closed. Correct the line, or export it anew.',
    ],
    [
      'one class',
      table('1,2,a\n3,4,a\n'),
      'All rows of t.csv are of the class a. There is nothing to tell apart: choose another label column.',
    ],
    [
      'IDX with a wrong beginning',
      mnist(spoilt(0, 1)),
      'x-images-idx3-ubyte is not an IDX file: it does not begin with 0 0 8 and the number of dimensions.',
    ],
    [
      'IDX of another kind of values',
      mnist(spoilt(2, 13)),
      'x-images-idx3-ubyte holds values of the kind 13. Only unsigned bytes (8) are read.',
    ],
    [
      'IDX cut short',
      mnist(images.subarray(0, 25)),
      'x-images-idx3-ubyte is cut short: 4×2×2 values need 32 bytes, but there are 25.',
    ],
    [
      'IDX that is too long',
      mnist(Buffer.concat([images, Buffer.alloc(3)])),
      'x-images-idx3-ubyte is too long: 4×2×2 values need 32 bytes, but there are 35.',
    ],
    [
      'IDX packed and cut short',
      mnist(gzipSync(images).subarray(0, 20)),
      'The gzip file x-images-idx3-ubyte is damaged or cut short. Copy or download it again.',
    ],
    [
      'fewer labels than images',
      mnist(images, idx([3], [0, 1, 2])),
      'x-labels-idx1-ubyte has 3 labels, but x-images-idx3-ubyte has 4 images. Every image needs one.',
    ],
    [
      'NaN in an array',
      numbers(Float32Array.of(1, 2, 3, Number.NaN), Int32Array.of(0, 1)),
      'x.npy: sample 1 holds NaN or infinity. Remove it or fill it in.',
    ],
    [
      'labels below 0',
      numbers(Float32Array.of(1, 2, 3, 4), Int32Array.of(0, -1)),
      'y.npy: label 1 is -1. Labels are whole numbers from 0 to 9999: give the file of the labels.',
    ],
    [
      'labels beyond all classes',
      numbers(Float32Array.of(1, 2, 3, 4), Int32Array.of(0, 70_000)),
      'y.npy: label 1 is 70000. Labels are whole numbers from 0 to 9999: give the file of the labels.',
    ],
    [
      'a class that CIFAR-10 has not',
      { files: { 'c.bin': Buffer.alloc(3073, 77) }, spec: 'cifar10:c.bin' },
      'c.bin: record 0 has the class 77, but cifar10 has 10. Is it a file of the other CIFAR?',
    ],
    [
      'a folder of nothing',
      { files: { 'pets/readme.txt': '' }, spec: 'images:pets' },
      'The folder pets holds no folder of a class. Put the pictures of each class into a folder of its name: pets/cats, pets/dogs.',
    ],
    [
      'classes of nothing',
      { files: { 'zoo/a/x.txt': '', 'zoo/b/x.txt': '' }, spec: 'images:zoo' },
      'The folder zoo holds no PNG, JPEG or WebP pictures. The folder zoo/a holds no readable picture: it is no class. The folder zoo/b holds no readable picture: it is no class.',
    ],
    [
      'a file that is not there',
      { files: {}, spec: 'csv:absent.csv' },
      'The file absent.csv is not usable: it does not exist. Check the path.',
    ],
  ]
  test.each(cases)('%s', async (_, { files, spec }, message) => {
    for (const [name, content] of Object.entries(files)) put(name, content)
    expect(await messageOf(spec.replace(':', `:${work}/`))).toBe(message)
  })

  test('a folder of one class', async () => {
    put('single/cats/1.png', await picture('png'))
    expect(await messageOf(`images:${at('single')}`)).toBe(
      'All pictures of single are in the folder cats. There is nothing to tell apart: add a folder for each other class.',
    )
  })
})

const never = new AbortController().signal
async function train(name: string, settings: Project, onEvent: (e: TrainEvent) => void = () => {}) {
  const result = await runTraining({ project: settings, engine: 'wasm', folder: at(name), id: name }, onEvent, never)
  return result.ok ? result.value.state : result.error.message.replaceAll(`${work}/`, '')
}

test('damaged pictures are left out of a training, which says so: those seen at once at the start, others at the end', async () => {
  const [png, jpeg] = [await picture('png'), await picture('jpeg')]
  for (let i = 0; i < 6; i++) {
    put(`mixed/cats/${i}.png`, png)
    put(`mixed/dogs/${i}.jpg`, jpeg)
  }
  put('mixed/cats/cut.png', png.subarray(0, png.length / 2))
  put('mixed/dogs/cut.jpg', jpeg.subarray(0, jpeg.length / 2))
  put('mixed/dogs/text.jpg', 'no picture')
  put('mixed/cats/damaged.png', Buffer.from(png).fill(0x11, 200, 1200))
  const events: TrainEvent[] = []
  const settings = project(logistic([8, 8, 3], 2), `images:${at('mixed')}?size=8x8`, { epochs: 1, batchSize: 4 })
  expect(await train('damaged', settings, (e) => events.push(e))).toBe('completed')
  const told = (kind: 'started' | 'finished') =>
    events.flatMap((e) =>
      e.kind === kind && e.notes ? e.notes.map((n) => noteText(n).replaceAll(`${at('mixed')}/`, '')) : [],
    )
  expect(told('started').slice(0, 3)).toEqual([
    'cats/cut.png is skipped: it is cut short.',
    'dogs/cut.jpg is skipped: it is cut short.',
    'dogs/text.jpg is skipped: it is neither PNG, JPEG nor WebP.',
  ])
  const all = [...told('started'), ...told('finished')]
  expect(all.filter((text) => text.startsWith('cats/damaged.png is skipped: '))).toHaveLength(1)
  const run = await readRun(at('damaged'))
  expect(run.ok && run.value.started).toMatchObject({ trainSamples: 10, validationSamples: 3 })
})

test('a folder that is gone in the middle of a training, and back', async () => {
  const png = await picture('png')
  for (let i = 0; i < 6; i++) put(`gone/${i % 2 ? 'a' : 'b'}/${i}.png`, png)
  // A cache of one byte holds nothing, so that the files are read again and again.
  const open = () => openImages(`images:${at('gone')}?size=4x4`, 1)
  const data = await open()
  if (!data.ok) throw new Error(data.error.message)
  await data.value.load?.(Uint32Array.of(0, 3))
  renameSync(at('gone'), at('away'))
  await expect(data.value.load?.(Uint32Array.of(1, 4))).rejects.toThrow(
    `The folder ${at('gone')} is not there any more. Put it back, then resume the run.`,
  )
  renameSync(at('away'), at('gone'))
  const again = await open()
  await expect(again.ok && again.value.load?.(Uint32Array.of(1, 4))).resolves.toBeUndefined()
})

test('samples that do not fit the network', async () => {
  put('two.csv', '1,2,a\n3,4,b\n5,6,a\n7,8,b\n')
  const message = await train('unfit', project(logistic([5], 2), `csv:${at('two.csv')}`))
  expect(message).toContain('5')
  expect(message).toContain('2')
  expect(existsSync(at('unfit'))).toBe(false)
})

test('a full disk ends a training with a message, and leaves what there was', async ({ skip }) => {
  const disk = at('disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=800k', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    skip('the system lets us mount no small disk')
  }
  try {
    const rows = Array.from({ length: 400 }, (_, i) => `${i % 7},${i % 5},${i % 2 ? 'a' : 'b'}`)
    put('many.csv', rows.join('\n'))
    const settings = project(logistic([2], 2), `csv:${at('many.csv')}`, { epochs: 2, batchSize: 8 })
    const fill = () => {
      try {
        writeFileSync(join(disk, 'filler'), Buffer.alloc(1_000_000))
      } catch {
        // Full: as it should be.
      }
    }
    const message = await train(
      'disk/run',
      settings,
      (e) => e.kind === 'step' && e.step > 20 && !existsSync(join(disk, 'filler')) && fill(),
    )
    expect(message).toBe(
      'The run in disk/run cannot be written: the disk is full. Free some space, then resume the run: its last checkpoint is whole.',
    )
    expect(readdirSync(join(disk, 'run/checkpoints'))).toEqual(['last.safetensors'])
    rmSync(join(disk, 'filler'))
    // Nothing more could be written, the end of the process neither: only its absence tells.
    const run = join(disk, 'run/run.json')
    writeFileSync(run, readFileSync(run, 'utf8').replace(/"pid": \d+/, '"pid": 999999999'))
    expect(await resumeTraining(join(disk, 'run'), () => {}, never)).toMatchObject({
      ok: true,
      value: { state: 'completed' },
    })
  } finally {
    execFileSync('umount', [disk])
  }
}, 60_000)

test('what the system says is put in words', () => {
  const fault = (code: string) => Object.assign(new Error(`${code}: as the system says it`), { code })
  expect(failureOf(fault('ENOSPC'), '/runs/a').message).toBe(
    'The run in /runs/a cannot be written: the disk is full. Free some space.',
  )
  expect(failureOf(fault('EROFS'), '/runs/a').message).toContain('the system gives no permission')
  expect(failureOf(new Error('It broke.'), '/runs/a').message).toBe('Training failed: It broke.')
  expect(exportFailure(fault('EEXIST'), '/out').message).toBe(
    'The export to /out failed: a file stands where a folder should be. Choose another folder.',
  )
})

test('a checkpoint that was cut short', async () => {
  put('points.csv', '1,2,a\n3,4,b\n5,6,a\n7,8,b\n1,3,a\n2,4,b\n')
  const stop = new AbortController()
  const job = {
    project: project(logistic([2], 2), `csv:${at('points.csv')}`),
    engine: 'wasm',
    folder: at('cut'),
    id: 'cut',
  } as const
  await runTraining(job, (e) => e.kind === 'step' && stop.abort(), stop.signal)
  const checkpoint = at('cut/checkpoints/last.safetensors')
  writeFileSync(checkpoint, readFileSync(checkpoint).subarray(0, 60))
  const again = await resumeTraining(at('cut'), () => {}, never)
  if (again.ok) throw new Error('It went on.')
  expect(again.error.message).toContain('last.safetensors')
})
