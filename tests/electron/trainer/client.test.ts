import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { createRandom } from '#shared/training/random'
import type { TrainEvent } from '#shared/training/run'
import { readCheckpoint } from '../../../electron/trainer/checkpoint'
import { createTrainer, type Trainer, type TrainingHandle } from '../../../electron/trainer/client'
import { listRuns, readMetrics, readRun } from '../../../electron/trainer/runs'
import { readSafetensors } from '../../../electron/trainer/safetensors'
import { type BuiltTrainer, buildTrainer } from './builtTrainer'
import { logistic, project, tinyCnn } from './networks'

let built: BuiltTrainer
let folder = ''
let trainer: Trainer

beforeAll(async () => {
  built = await buildTrainer()
  folder = built.folder
  trainer = built.trainer
})
afterAll(() => built.remove())

const endless = () => project(logistic([28, 28, 1], 10), 'digits', { epochs: 10_000 })

/** Trains without end in its own process; `when` sees the events and the handle. */
function start(id: string, when: (e: TrainEvent, handle: TrainingHandle) => void) {
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

test('of two processes that resume a run at once one has it', async () => {
  const resume = () => {
    const handle = trainer.resume(join(folder, 'killed'), (e) => e.kind === 'epoch' && handle.stop())
    return handle.done
  }
  const results = await Promise.all([resume(), resume()])
  expect(results.map((r) => (r.ok ? r.value.state : r.error.message)).sort()).toEqual([
    'The run killed is still under way. Stop it before resuming it.',
    'stopped',
  ])
  const { epochs } = await readRun(join(folder, 'killed')).then((r) => (r.ok ? r.value : { epochs: [] }))
  expect(epochs.map((e) => e.epoch)).toEqual(epochs.map((_, i) => i + 1))
})

test('a run pauses and goes on by message; killed while it waits, nothing is lost', async () => {
  let waited = 0
  const { handle, events } = start('paused', (e, h) => {
    if (e.kind === 'epoch' && e.epoch === 1) h.pause()
    if (e.kind === 'paused' && waited++ === 0) h.continue()
    else if (e.kind === 'continued') h.pause()
    else if (e.kind === 'paused') h.kill()
  })
  expect(await handle.done).toMatchObject({ ok: false, error: { code: 'crashed' } })
  expect(events.filter((e) => e.kind === 'paused' || e.kind === 'continued').map((e) => e.kind)).toEqual([
    'paused',
    'continued',
    'paused',
  ])
  const checkpoint = await readCheckpoint(join(folder, 'paused'))
  const pauses = events.filter((e) => e.kind === 'paused')
  expect(checkpoint.ok && checkpoint.value.progress.step).toBe(pauses.at(-1)?.step)
  const run = await readRun(join(folder, 'paused'))
  expect(run.ok && run.value.summary.state).toBe('failed')
})

test('killed at any moment, again and again, a run gives the curve of one that never was', async () => {
  const p = project(tinyCnn([28, 28, 1], 10), 'digits', { epochs: 3, batchSize: 480, learningRate: 0.01 })
  const curve = async (id: string) => {
    const run = await readRun(join(folder, id))
    return run.ok && run.value.steps.map((s) => [s.step, s.loss])
  }
  const job = (id: string) => ({ project: p, engine: 'wasm', folder: join(folder, id), id }) as const
  expect(await trainer.train(job('whole'), () => {}).done).toMatchObject({ ok: true })
  // Before and after the checkpoints that end epochs, at steps 10 and 20; and not only between steps: some milliseconds after a step was
  // told, when files may be half written.
  const random = createRandom(11)
  for (const [life, step] of [3, 10, 14, 20, 27].entries()) {
    let dying = false
    const onEvent = (e: TrainEvent) => {
      if (dying || e.kind !== 'step' || e.step < step) return
      dying = true
      setTimeout(() => handle.kill(), random.uniform(0, 60))
    }
    const handle = life === 0 ? trainer.train(job('lives'), onEvent) : trainer.resume(join(folder, 'lives'), onEvent)
    const ended = await handle.done
    if (ended.ok) break
    expect(ended.error.code).toBe('crashed')
    expect((await readCheckpoint(join(folder, 'lives'))).ok).toBe(true)
  }
  await trainer.resume(join(folder, 'lives'), () => {}).done
  expect(await curve('lives')).toEqual(await curve('whole'))
}, 300_000)

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
