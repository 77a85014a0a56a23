import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addBlock } from '#shared/blocks/index'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import type { Project } from '#shared/project/project'
import { note } from '#shared/training/notes'
import { createRandom } from '#shared/training/random'
import type { TrainEvent } from '#shared/training/run'
import { evaluateRun } from '../../../electron/trainer/evaluateRun'
import { exportRun } from '../../../electron/trainer/export'
import { predict } from '../../../electron/trainer/predict'
import { resumeTraining } from '../../../electron/trainer/resume'
import { readRun } from '../../../electron/trainer/runs'
import { runTraining } from '../../../electron/trainer/train'
import { project } from './networks'

let work = ''
const at = (name: string) => join(work, name)
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'netloom-ports-'))
  const random = createRandom(3)
  const rows = Array.from({ length: 240 }, () => {
    const [a, b, c] = [random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1)]
    return [a, b, c, a * b, a + c].map((v) => v.toFixed(4)).join(',')
  })
  writeFileSync(at('table.csv'), ['a,b,c,product,sum', ...rows].join('\n'))
  writeFileSync(at('new.csv'), 'a,b,c\n0.5,0.5,0\n-0.5,0.5,0.25\n')
})
afterAll(() => rmSync(work, { recursive: true }))

async function train(id: string, p: Project, stopAt = Number.POSITIVE_INFINITY) {
  const events: TrainEvent[] = []
  const stop = new AbortController()
  const emit = (e: TrainEvent) => {
    events.push(e)
    if (e.kind === 'step' && e.step >= stopAt) stop.abort()
  }
  const result = await runTraining({ project: p, engine: 'wasm', folder: at(id), id }, emit, stop.signal)
  return { result, events, epochs: events.filter((e) => e.kind === 'epoch') }
}

/** As GoogLeNet: Inception modules, a classifier in between that weighs 0.3, and the main one at the end. */
function withAuxiliary(): Graph {
  const b = new Builder()
  const classifier = (x: Parameters<typeof addBlock>[3]) =>
    b.layer('dense', { units: 10, activation: 'softmax' }, b.layer('globalAveragePooling2d', {}, x))
  const small = { conv1: 4, reduce3: 4, conv3: 6, reduce5: 2, conv5: 4, pool: 4 }
  let x = b.layer('conv2d', { filters: 8, strides: [2, 2], activation: 'relu' }, b.input([28, 28, 1]))
  x = addBlock(b, 'inceptionV1', small, b.layer('maxPooling2d', {}, x), 'Inception 1')
  b.layer('output', { lossWeight: 0.3 }, classifier(x), { name: 'Auxiliary' })
  x = addBlock(b, 'inceptionV1', small, x, 'Inception 2')
  classifier(x)
  return b.build()
}

/** Two inputs, a shared layer, and two outputs that learn a column each. */
function tabular(): Graph {
  const b = new Builder()
  const [left, right] = [b.input([2], { id: 'left' }), b.input([1], { id: 'right' })]
  const wide = b.layer('dense', { units: 12, activation: 'tanh' }, b.layer('concat', {}, [left, right]), { id: 'wide' })
  const deep = b.layer('dense', { units: 12, activation: 'tanh' }, wide, { id: 'deep' })
  const deeper = b.layer('dense', { units: 12, activation: 'tanh' }, deep, { id: 'deeper', sharedWith: 'deep' })
  b.layer('dense', { units: 1 }, deeper, { id: 'product', name: 'Product' })
  const sum = b.layer('dense', { units: 1 }, wide, { id: 'sum', name: 'Sum' })
  b.layer('output', { loss: 'huber', lossWeight: 0.5 }, sum, { name: 'Sum' })
  return b.build()
}

const settings = { epochs: 2, batchSize: 32, learningRate: 0.005 }

test('a GoogLeNet-like network trains with its auxiliary classifier', async () => {
  const { result, epochs } = await train(
    'aux',
    project(withAuxiliary(), 'digits', {
      ...settings,
      batchSize: 64,
      learningRate: 0.01,
      validationSplit: 0.1,
      testSplit: 0.5,
    }),
  )
  if (!result.ok) throw new Error(result.error.message)
  const losses = epochs.map((e) => e.loss ?? Number.NaN)
  // Both begin near ln 10; the auxiliary one weighs 0.3.
  expect(losses[0]).toBeLessThan(1.3 * Math.log(10))
  expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0)
  expect(result.value.valAccuracy).toBeGreaterThan(0.2)
  const run = await readRun(at('aux'))
  if (!run.ok) throw new Error(run.error.message)
  expect(run.value.started?.outputs).toEqual(['Auxiliary', 'Dense'])
  // The loss is the sum of those of the outputs, each by its weight: of every step and epoch that is kept.
  const weighted = ([auxiliary, main]: readonly (number | null)[] = []) => 0.3 * (auxiliary ?? 0) + (main ?? 0)
  for (const e of [...run.value.steps, ...run.value.epochs]) expect(weighted(e.losses)).toBeCloseTo(e.loss ?? 0, 5)
  for (const e of run.value.epochs) expect(weighted(e.valLosses)).toBeCloseTo(e.valLoss ?? 0, 5)
  const report = await evaluateRun(at('aux'), { part: 'validation' })
  if (!report.ok) throw new Error(report.error.message)
  expect(report.value.accuracy).toBe(result.value.valAccuracy)
  expect(report.value.loss).toBeCloseTo(result.value.valLoss ?? Number.NaN, 5)
  expect(report.value.confusion?.labels).toHaveLength(10)
  const exported = await exportRun(at('aux'), 'tfjs', at('aux-tfjs'), 'not needed')
  if (!exported.ok) throw new Error(exported.error.message)
  expect(exported.value.maxDifference).toBeLessThan(1e-5)
  const about = JSON.parse(readFileSync(at('aux-tfjs/netloom.json'), 'utf8'))
  expect(about.outputs).toEqual([
    { name: 'Auxiliary', shape: [10] },
    { name: 'Dense', shape: [10] },
  ])
  expect(about.mainOutput).toBe('Dense')
}, 120_000)

describe('a table with two inputs, two outputs and a shared layer', () => {
  const loss = 'meanSquaredError'
  const p = () => project(tabular(), `csv:${at('table.csv')}?label=product,sum`, { ...settings, epochs: 60, loss })

  test('is trained, evaluated, predicted and exported', async () => {
    const { result, events } = await train('table', p())
    if (!result.ok) throw new Error(result.error.message)
    expect(events.find((e) => e.kind === 'started')?.notes).toEqual([
      note('inputsSplit', { inputs: 'left (2), right (1)' }),
      note('targetsSplit', { outputs: 'Product (1), Sum (1)' }),
    ])
    const report = await evaluateRun(at('table'), { part: 'validation' })
    if (!report.ok) throw new Error(report.error.message)
    expect(report.value.regression?.r2).toBeGreaterThan(0.8)
    const predicted = await predict(at('table'), at('new.csv'))
    if (!predicted.ok) throw new Error(predicted.error.message)
    const right = [0.25, 0.5, -0.25, -0.25]
    predicted.value.outputs.flat().forEach((v, i) => {
      expect(Math.abs((v ?? Number.NaN) - (right[i] ?? 0))).toBeLessThan(0.2)
    })
    const exported = await exportRun(at('table'), 'tfjs', at('table-tfjs'), 'not needed')
    if (!exported.ok) throw new Error(exported.error.message)
    expect(exported.value.maxDifference).toBeLessThan(1e-5)
    const about = JSON.parse(readFileSync(at('table-tfjs/netloom.json'), 'utf8'))
    expect(about.inputs).toEqual([
      { name: 'left', shape: [2] },
      { name: 'right', shape: [1] },
    ])
  }, 60_000)

  test('resumed, it has the curve of a run that was never stopped', async () => {
    await train('stopped', p(), 100)
    const resumed = await resumeTraining(at('stopped'), () => {}, new AbortController().signal)
    expect(resumed).toMatchObject({ ok: true, value: { state: 'completed' } })
    const [whole, parts] = [await readRun(at('table')), await readRun(at('stopped'))]
    if (!whole.ok || !parts.ok) throw new Error('The runs cannot be read.')
    const curve = (run: typeof whole.value) => run.steps.map((s) => [s.step, s.loss, s.losses])
    expect(curve(parts.value)).toEqual(curve(whole.value))
    expect(parts.value.epochs.map((e) => e.losses)).toEqual(whole.value.epochs.map((e) => e.losses))
  }, 60_000)
})

test('what does not fit is said before a run begins', async () => {
  const b = new Builder()
  const x = b.input([28, 28, 1])
  const h = b.layer('flatten', {}, x)
  b.layer('dense', { units: 10, activation: 'softmax' }, h)
  b.layer('dense', { units: 3, activation: 'softmax' }, h)
  const { result } = await train('unfit', project(b.build(), 'digits'))
  expect(result).toMatchObject({
    ok: false,
    error: {
      code: 'invalidData',
      message: 'The network has 3 outputs (3), but the data has 10 classes. Give the last layer 10 units.',
    },
  })
})

test('weights that no gradient reaches are told at the start', async () => {
  const b = new Builder()
  const x = b.layer('dense', { units: 4 }, b.input([2]), { name: 'Before' })
  const y = b.layer('activation', { function: 'step' }, x)
  b.layer('dense', { units: 2, activation: 'softmax' }, y)
  const { events } = await train('step', project(b.build(), 'spirals', { epochs: 1 }))
  expect(events.find((e) => e.kind === 'started')?.notes).toEqual([note('noGradient', { layers: 'Before' })])
})
