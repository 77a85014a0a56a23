import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { TrainEvent } from '#shared/training/run'
import { createTrainer, type Trainer } from '../../../electron/trainer/client'
import { listRuns, readMetrics, readRun } from '../../../electron/trainer/runs'
import { readSafetensors } from '../../../electron/trainer/safetensors'
import { logistic, project } from './networks'

const root = join(import.meta.dirname, '../../..')
let folder = ''
let trainer: Trainer

beforeAll(async () => {
  // Inside the project, so that the built file finds its packages.
  folder = mkdtempSync(join(root, 'node_modules', '.trainer-test-'))
  const entries = { trainer: 'electron/trainer/index.ts', customLayers: 'electron/trainer/layers/index.ts' }
  for (const [name, entry] of Object.entries(entries))
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      publicDir: false,
      build: {
        ssr: true,
        target: 'node20',
        outDir: folder,
        emptyOutDir: false,
        rolldownOptions: { input: { [name]: entry }, output: { entryFileNames: '[name].js' } },
      },
    })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  trainer = createTrainer({ entry: join(folder, 'trainer.js') })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const endless = () => project(logistic([28, 28, 1], 10), 'digits', { epochs: 10_000 })

/** Trains without end in its own process; `when` sees the events and the handle. */
function start(id: string, when: (e: TrainEvent, handle: { stop(): void; kill(): void }) => void) {
  const events: TrainEvent[] = []
  const job = { project: endless(), engine: 'wasm', folder: join(folder, id), id } as const
  const handle = trainer.train(job, (e) => {
    events.push(e)
    when(e, handle)
  })
  return { handle, events }
}

test('a run in its own process trains, stops when asked, and is read back', async () => {
  const { handle, events } = start('stopped', (e, h) => {
    if (e.kind === 'epoch' && e.epoch === 2) h.stop()
  })
  const result = await handle.done
  expect(result).toMatchObject({ ok: true, value: { id: 'stopped', state: 'stopped', engine: 'wasm' } })
  expect(events[0]?.kind).toBe('started')
  expect(events.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' })
  const detail = await readRun(join(folder, 'stopped'))
  expect(detail.ok && detail.value.summary).toEqual(result.ok && result.value)
})

test('a killed process is an event and an error, and what it wrote is whole', async () => {
  const { handle, events } = start('killed', (e, h) => {
    if (e.kind === 'epoch' && e.epoch === 2) h.kill()
  })
  const result = await handle.done
  expect(result).toMatchObject({ ok: false, error: { code: 'crashed', message: expect.stringContaining('SIGKILL') } })
  expect(events.filter((e) => e.kind === 'failed')).toHaveLength(1)
  const detail = await readRun(join(folder, 'killed'))
  if (!detail.ok) throw new Error(detail.error.message)
  expect(detail.value.summary).toMatchObject({ state: 'failed', error: expect.stringContaining('checkpoint remains') })
  expect(detail.value.epochs.length).toBeGreaterThanOrEqual(2)
  const checkpoint = readSafetensors(await readFile(join(folder, 'killed', 'checkpoints', 'last.safetensors')))
  expect(checkpoint.ok && [...checkpoint.value.arrays.keys()]).toContain('dense1/kernel')
  expect((await listRuns(folder)).map((r) => r.id)).toEqual(expect.arrayContaining(['stopped', 'killed']))
})

test('a line of the curves that was cut is passed over', async () => {
  const path = join(folder, 'killed', 'metrics.ndjson')
  const before = (await readMetrics(join(folder, 'killed'))).length
  writeFileSync(path, `${await readFile(path, 'utf8')}{"kind":"step","epo`)
  expect(await readMetrics(join(folder, 'killed'))).toHaveLength(before)
})

test('evaluate and predict answer; what is missing is an error value', async () => {
  const run = join(folder, 'stopped')
  expect(await trainer.evaluate(run, { part: 'validation' })).toMatchObject({
    ok: true,
    value: { data: 'digits', part: 'validation', samples: 1200, regression: null },
  })
  const row = join(folder, 'row.csv')
  writeFileSync(row, Array.from({ length: 784 }, () => 0).join(','))
  const predicted = await trainer.predict(run, row)
  expect(predicted.ok && predicted.value.outputs.map((o) => o.length)).toEqual([10])
  const nowhere = join(folder, 'nowhere')
  for (const answer of [await trainer.evaluate(nowhere, { part: 'validation' }), await trainer.predict(nowhere, row)])
    expect(answer).toMatchObject({ ok: false, error: { code: 'notFound' } })
})

test('describe, engines and export answer; what is missing is an error value', async () => {
  expect(await trainer.describe('digits')).toMatchObject({
    ok: true,
    value: { samples: 6000, inputShape: [28, 28, 1], targetSize: 10, balance: Array.from({ length: 10 }, () => 600) },
  })
  const engines = await trainer.engines()
  expect(engines.ok && engines.value.map((e) => [e.name, e.available])).toEqual(
    expect.arrayContaining([
      ['wasm', true],
      ['cpu', true],
    ]),
  )
  expect(await trainer.exportRun(join(folder, 'stopped'), 'tfjs', join(folder, 'out'))).toMatchObject({
    ok: true,
    value: { samplesChecked: 32 },
  })
  expect(await trainer.exportRun(join(folder, 'nowhere'), 'tfjs', join(folder, 'out'))).toMatchObject({
    ok: false,
    error: { code: 'notFound' },
  })
  expect(await trainer.describe('nothing')).toMatchObject({ ok: false, error: { code: 'invalidData' } })
})

const reader = `
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs'
console.warn = () => {}
if (process.argv[2]) await import(process.argv[2])
const { modelTopology, weightsManifest } = JSON.parse(readFileSync('model.json', 'utf8'))
const weightSpecs = weightsManifest.flatMap((g) => g.weights)
const bytes = Buffer.concat(weightsManifest.flatMap((g) => g.paths.map((p) => readFileSync(p))))
const weightData = new Uint8Array(bytes).buffer
const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }))
console.log(JSON.stringify(Array.from(model.predict(tf.ones([1, 28, 28, 1])).dataSync())))
`

test('layers that tfjs lacks travel with the model: plain tfjs and their file load it', async () => {
  const b = new Builder()
  let x = b.layer('conv2d', { filters: 4, strides: [2, 2], activation: 'relu' }, b.input([28, 28, 1]))
  x = b.layer('conv2d', { filters: 4, groups: 2 }, x)
  x = b.layer('maxPooling2d', { poolSize: [3, 3], ceilMode: true }, x)
  b.layer('softmax', {}, b.layer('dense', { units: 10 }, b.layer('flatten', {}, x)))
  const [run, to] = [join(folder, 'custom'), join(folder, 'custom-export')]
  const p = project(b.build(), 'digits', { epochs: 1, batchSize: 500 })
  const done = await trainer.train({ project: p, engine: 'wasm', folder: run, id: 'custom' }, () => {}).done
  expect(done).toMatchObject({ ok: true })
  const report = await trainer.exportRun(run, 'tfjs', to)
  expect(report).toMatchObject({
    ok: true,
    value: { files: expect.arrayContaining(['custom-layers.js', 'model.json']) },
  })
  expect(report.ok && report.value.maxDifference).toBeLessThan(1e-6)
  writeFileSync(join(to, 'read.js'), reader)
  const read = (...args: string[]) => spawnSync(process.execPath, ['read.js', ...args], { cwd: to, encoding: 'utf8' })
  expect(read().stderr).toContain('Unknown layer')
  const printed = read('./custom-layers.js')
  expect(printed.stderr).not.toContain('Error')
  const probabilities = JSON.parse(printed.stdout.trim().split('\n').at(-1) ?? '') as number[]
  expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5)
})

test('an entry that does not exist is an error value', async () => {
  const broken = createTrainer({ entry: join(folder, 'missing.mjs') })
  expect(await broken.engines()).toMatchObject({ ok: false, error: { code: 'crashed' } })
})
