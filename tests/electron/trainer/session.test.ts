import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sample, TryQuestion } from '#shared/training/try'
import { tryAnswerSchema, trySubjectSchema } from '#shared/training/try'
import { lenet5 } from '#templates/lenet'
import { drawTemplate } from '#templates/template'
import { digits } from '../../../electron/trainer/data/digits'
import { loadRun } from '../../../electron/trainer/loadRun'
import { openSession, type Session } from '../../../electron/trainer/session/session'
import { runTraining } from '../../../electron/trainer/train'
import { drawStrokes } from '../../../renderer/results/try/strokes'
import { crudeDigits, placed } from '../../renderer/results/crudeDigits'
import { linear, logistic, project } from './networks'

let work = ''
const at = (name: string) => join(work, name)
const open = new Map<string, Session>()

async function train(id: string, p: ReturnType<typeof project>): Promise<void> {
  const job = { project: p, engine: 'wasm', folder: at(id), id } as const
  const result = await runTraining(job, () => {}, new AbortController().signal)
  if (!result.ok) throw new Error(result.error.message)
  const session = await openSession(at(id))
  if (!session.ok) throw new Error(session.error.message)
  open.set(id, session.value)
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'netloom-session-'))
  const lenet = drawTemplate(lenet5, { input: [28, 28, 1], classes: 10 })
  await train('digits', project(lenet, 'digits', { epochs: 2, batchSize: 32, learningRate: 0.003 }))
  const colours = ['red', 'blue', 'green']
  const rows = Array.from({ length: 90 }, (_, i) => `${i % 9},${colours[i % 3]},${(i % 9) * 2}`)
  writeFileSync(at('table.csv'), ['width,colour,value', ...rows].join('\n'))
  const regression = { epochs: 2, loss: 'meanSquaredError' } as const
  await train('table', project(linear(4, 1), `csv:${at('table.csv')}?scale=10&task=numbers`, regression))
  await train('spirals', project(logistic([2], 2), 'spirals', { epochs: 1 }))
})
afterAll(() => {
  for (const session of open.values()) session.dispose()
  rmSync(work, { recursive: true, force: true })
})

async function ask(run: string, sample: Sample, more: Partial<TryQuestion> = {}) {
  const answer = await open.get(run)?.ask({ sample, layer: null, all: false, ...more })
  if (!answer?.ok) throw new Error(answer?.error.message)
  return tryAnswerSchema.parse(JSON.parse(JSON.stringify(answer.value)))
}
async function refusal(run: string, sample: Sample): Promise<string> {
  const answer = await open.get(run)?.ask({ sample, layer: null, all: false })
  return answer?.ok === false ? answer.error.message : ''
}
const floats = (base64: string) => {
  const bytes = Buffer.from(base64, 'base64')
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i))
}
const best = (outputs: readonly (number | null)[]) => outputs.indexOf(Math.max(...outputs.map((v) => v ?? 0)))
const drawn = (strokes: (typeof crudeDigits)[number], fit: boolean): Sample => {
  const { height, width, pixels } = drawStrokes(strokes, 28, 28, fit)
  return { kind: 'drawing', height, width, ink: Buffer.from(pixels).toString('base64') }
}
const picture = (file: Buffer): Sample => ({ kind: 'picture', file: file.toString('base64') })

describe('a drawing', () => {
  test('digits drawn with a mouse are read, wherever and however large they are', async () => {
    const read = async (scale: number, x: number, y: number) => {
      let right = 0
      for (const [digit, strokes] of crudeDigits.entries()) {
        const { outputs } = await ask('digits', drawn(placed(strokes, scale, x, y), true))
        if (best(outputs) === digit) right++
      }
      return right
    }
    expect(await read(1, 0, 0)).toBeGreaterThanOrEqual(8)
    expect(await read(0.4, 0.02, 0.55)).toBeGreaterThanOrEqual(8)
  })

  test('ink has the value that the run knows as ink, and the paper that of its background', async () => {
    const { seen } = await ask('digits', drawn(crudeDigits[1] ?? [], true))
    const values = floats(seen.values)
    expect(seen).toMatchObject({ shape: [28, 28, 1], low: 0, high: 1 })
    expect(values[0]).toBe(0)
    expect(Math.max(...values)).toBeCloseTo(1, 2)
  })

  test('of another size, or with too few pixels', async () => {
    expect(await refusal('digits', { kind: 'drawing', height: 8, width: 8, ink: '' })).toContain('is 8×8')
    expect(await refusal('digits', { kind: 'drawing', height: 28, width: 28, ink: 'AAAA' })).toContain('3 pixels')
    expect(await refusal('table', { kind: 'drawing', height: 28, width: 28, ink: '' })).toContain('samples of 4')
  })
})

describe('a picture', () => {
  const paper = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#f6f4f0' } })
  const bar = sharp({ create: { width: 20, height: 120, channels: 3, background: '#202030' } }).png()

  test('dark on light is inverted for a run that learned light on dark, and it is said', async () => {
    const file = await paper(200, 200)
      .composite([{ input: await bar.toBuffer() }])
      .jpeg()
      .toBuffer()
    const answer = await ask('digits', picture(file))
    expect(answer.notes.map((n) => n.code)).toContain('inverted')
    const values = floats(answer.seen.values)
    expect(values[28 * 27]).toBeLessThan(0.1)
    expect(values[28 * 14 + 14]).toBeGreaterThan(0.8)
  })

  test('light on dark stays as it is, and what is a sample of the data gives its own answer', async () => {
    const data = digits()
    const x = new Float32Array(784)
    data.read(3, x, 0)
    const bytes = Uint8Array.from(x, (v) => Math.round(255 * v))
    const file = await sharp(bytes, { raw: { width: 28, height: 28, channels: 1 } })
      .png()
      .toBuffer()
    const answer = await ask('digits', picture(file))
    expect(answer.notes.map((n) => n.code)).not.toContain('inverted')
    const seen = floats(answer.seen.values)
    for (const [i, v] of x.entries()) expect(seen[i]).toBeCloseTo(v, 4)
  })

  test('of an animation the first frame', async () => {
    const frames = await Promise.all(
      ['black', 'white'].map((background) =>
        sharp({ create: { width: 28, height: 28, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    const file = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer()
    const answer = await ask('digits', picture(file))
    expect(answer.notes.map((n) => n.code)).toContain('firstFrame')
    expect(Math.max(...floats(answer.seen.values))).toBe(0)
  })

  test('what is none is refused with the reason', async () => {
    const whole = await paper(40, 40).png().toBuffer()
    expect(await refusal('digits', picture(Buffer.from('just text')))).toContain('neither PNG, JPEG nor WebP')
    expect(await refusal('digits', picture(Buffer.alloc(0)))).toContain('empty')
    expect(await refusal('digits', picture(whole.subarray(0, 60)))).toContain('cut short')
    const vast = await sharp({
      create: { width: 9000, height: 9000, channels: 3, background: 'white' },
      limitInputPixels: false,
    })
      .png()
      .toBuffer()
    expect(await refusal('digits', picture(vast))).toContain('9000×9000 pixels, more than the 50 million')
    expect(await refusal('table', picture(whole))).toContain('not pictures')
  })
})

describe('a row', () => {
  test('is read as the run’s table was: by columns, texts and scale', async () => {
    expect(trySubjectSchema.parse(open.get('table')?.subject)).toMatchObject({
      shape: [4],
      labels: null,
      meaning: 'value',
      columns: [{ name: 'width' }, { name: 'colour', texts: ['blue', 'green', 'red'] }],
    })
    const { seen, outputs } = await ask('table', { kind: 'cells', cells: ['5', 'green'] })
    expect(floats(seen.values)).toEqual([0.5, 0, 1, 0])
    expect(outputs).toHaveLength(1)
  })

  test('a held-out row comes as it would be typed, with what is true of it', async () => {
    const { cells, truth, seen } = await ask('table', { kind: 'heldOut', index: 0 })
    const [width = '', colour = ''] = cells ?? []
    expect(Number(truth)).toBe(2 * Number(width))
    expect(colour).toMatch(/^(red|blue|green)$/)
    const again = await ask('table', { kind: 'cells', cells: [width, colour] })
    expect(again.seen.values).toBe(seen.values)
  })

  test('numbers without a table', async () => {
    const { seen } = await ask('spirals', { kind: 'cells', cells: [' 0.5 ', '-1e-1'] })
    expect(floats(seen.values).map((v) => v.toFixed(3))).toEqual(['0.500', '-0.100'])
  })

  test.each([
    [['', 'red'], 'width is missing'],
    [['x', 'red'], 'width is "x", which is not a number'],
    [['1', 'pink'], 'none of the known texts'],
    [['1'], '2 values, but 1 came'],
  ])('%j', async (cells, message) => {
    expect(await refusal('table', { kind: 'cells', cells })).toContain(message)
  })
})

describe('held-out samples', () => {
  test('are those that the run did not train on, each once before any comes again', async () => {
    const truths: (string | null)[] = []
    const pictures = new Set<string>()
    for (let index = 0; index < 30; index++) {
      const { truth, seen } = await ask('digits', { kind: 'heldOut', index })
      truths.push(truth)
      pictures.add(seen.values)
    }
    expect(pictures.size).toBe(30)
    expect(new Set(truths).size).toBeGreaterThan(5)
    const [first, round] = [
      await ask('digits', { kind: 'heldOut', index: 0 }),
      await ask('digits', { kind: 'heldOut', index: 1200 }),
    ]
    expect(round).toEqual(first)
  })
})

describe('feature maps', () => {
  const sample = drawn(crudeDigits[4] ?? [], true)

  test('are what the layer gives: channels one after the other, with their range', async () => {
    const { maps, seen } = await ask('digits', sample, { layer: 'c1' })
    expect(maps).toMatchObject({ layer: 'c1', shape: [24, 24, 6] })
    const planes = floats(maps?.planes.values ?? '')
    expect(planes).toHaveLength(24 * 24 * 6)
    expect(Math.min(...planes)).toBeCloseTo(maps?.planes.low ?? Number.NaN, 6)
    // By hand: the first filter at row 10, column 12.
    const loaded = await loadRun(at('digits'), 'wasm')
    if (!loaded.ok) throw new Error(loaded.error.message)
    const weights = loaded.value.model.weights()
    const [kernel, bias] = [weights.get('c1/kernel')?.values, weights.get('c1/bias')?.values]
    const x = floats(seen.values)
    let sum = bias?.[0] ?? 0
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++) sum += (x[(10 + i) * 28 + 12 + j] ?? 0) * (kernel?.[(i * 5 + j) * 6] ?? 0)
    loaded.value.model.dispose()
    expect(planes[10 * 24 + 12]).toBeCloseTo(Math.tanh(sum), 5)
    expect(maps?.kernels).toMatchObject({ height: 5, width: 5, channels: 1, count: 6 })
    expect(floats(maps?.kernels?.values ?? '')[7]).toBeCloseTo(kernel?.[7 * 6] ?? Number.NaN, 6)
  })

  test('a vector is one row, the input is the sample, and the last layer the answer', async () => {
    const { maps: vector } = await ask('digits', sample, { layer: 'f6' })
    expect(vector).toMatchObject({ shape: [84], kernels: null, planes: { height: 1, width: 84, count: 1 } })
    const { maps: input, seen } = await ask('digits', sample, { layer: 'input1' })
    expect(input?.planes.values).toBe(seen.values)
    const { maps: end, outputs } = await ask('digits', sample, { layer: 'softmax1' })
    for (const [i, v] of floats(end?.planes.values ?? '').entries()) expect(v).toBeCloseTo(outputs[i] ?? Number.NaN, 6)
  })

  test('a layer that the run does not have has none', async () => {
    expect((await ask('digits', sample, { layer: 'elsewhere' })).maps).toBeNull()
  })
})

test('a run that is not there is told', async () => {
  const none = await openSession(at('absent'))
  expect(none.ok ? '' : none.error.message).toContain('holds no run')
})
