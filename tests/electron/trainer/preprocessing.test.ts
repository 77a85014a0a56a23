import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { TrainingConfig } from '#shared/training/config'
import { note } from '#shared/training/notes'
import { createRandom } from '#shared/training/random'
import { openData } from '../../../electron/trainer/data/open'
import { split } from '../../../electron/trainer/data/split'
import { statisticsOf } from '../../../electron/trainer/data/statistics'
import { evaluateRun } from '../../../electron/trainer/evaluateRun'
import { exportRun } from '../../../electron/trainer/export'
import { predict } from '../../../electron/trainer/predict'
import { resumeTraining } from '../../../electron/trainer/resume'
import { readRun, readRunFile } from '../../../electron/trainer/runs'
import { runTraining } from '../../../electron/trainer/train'
import { logistic, project, tinyCnn } from './networks'

let work = ''
const at = (name: string) => join(work, name)
const random = createRandom(11)
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'netloom-preprocessing-'))
  // What tells the classes apart is a small change of a large number, beside one that tells nothing.
  const rows = Array.from({ length: 200 }, (_, i) => {
    const high = i % 2
    return `${5000 + 2 * high + random.normal() * 0.3},${random.uniform(-1000, 1000)},${high ? 'high' : 'low'}`
  })
  writeFileSync(at('scales.csv'), ['size,noise,kind', ...rows].join('\n'))
  const images = Array.from({ length: 120 }, (_, i) => {
    const pixels = Array.from({ length: 64 }, (_, p) =>
      Math.round(8 + 4 * random.normal() + (p % 8 < 4 === (i % 2 === 0) ? 4 : 0)),
    )
    return [...pixels, i % 2 === 0 ? 'left' : 'right'].join(',')
  })
  writeFileSync(at('images.csv'), images.join('\n'))
})
afterAll(() => rmSync(work, { recursive: true }))

const never = new AbortController().signal
const scales = (training: Partial<TrainingConfig>) =>
  project(logistic([2], 2), `csv:${at('scales.csv')}`, { epochs: 10, batchSize: 20, learningRate: 0.05, ...training })
const images = () => `csv:${at('images.csv')}?shape=8x8x1`

async function samplesOf(folder: string) {
  const run = await readRunFile(folder)
  if (!run.ok) throw new Error(run.error.message)
  return run.value.samples
}

test('figures are those of the training part, kept with the run, and used wherever the run is', async () => {
  const folder = at('standardised')
  const wanted = scales({ normalization: 'standardize', testSplit: 0.1 })
  const result = await runTraining({ project: wanted, engine: 'wasm', folder, id: 'run' }, () => {}, never)
  if (!result.ok) throw new Error(result.error.message)
  expect(result.value.valAccuracy).toBeGreaterThan(0.95)
  const data = await openData(wanted.data)
  if (!data.ok) throw new Error(data.error.message)
  const [size, noise] = await statisticsOf(data.value, split(data.value, wanted.training, wanted.training.seed).train)
  const { normalization, preprocessing } = await samplesOf(folder)
  expect(normalization).toEqual({
    method: 'standardize',
    offset: [size?.mean, noise?.mean],
    scale: [size?.std, noise?.std],
  })
  expect(preprocessing).toContain('minus its mean (500')

  expect(await evaluateRun(folder, { part: 'test' })).toMatchObject({ ok: true, value: { samples: 20, accuracy: 1 } })
  writeFileSync(at('new.csv'), 'noise,size\n0,5000\n900,5002\n')
  const told = await predict(folder, at('new.csv'))
  if (!told.ok) throw new Error(told.error.message)
  const { labels, outputs } = told.value
  expect(outputs.map((o) => labels?.[(o[0] ?? 0) > (o[1] ?? 0) ? 0 : 1])).toEqual(['low', 'high'])

  const exported = await exportRun(folder, 'tfjs', at('exported'), '')
  expect(exported.ok && exported.value.maxDifference).toBeLessThan(1e-6)
  expect(JSON.parse(readFileSync(at('exported/netloom.json'), 'utf8'))).toMatchObject({ normalization })
})

test('as they are, such numbers teach nothing', async () => {
  const job = { project: scales({}), engine: 'wasm', folder: at('raw'), id: 'run' } as const
  const result = await runTraining(job, () => {}, never)
  expect(result.ok && result.value.valAccuracy).toBeLessThan(0.9)
  expect(await samplesOf(at('raw'))).not.toHaveProperty('normalization')
})

test('with figures and changed images, a run that was stopped has the curve of one that never was', async () => {
  const settings = project(tinyCnn([8, 8, 1], 2), images(), {
    epochs: 3,
    batchSize: 24,
    normalization: 'minMax',
    flip: 'vertical',
    shift: 0.2,
    crop: 0.2,
    rotation: 10,
    noise: 0.05,
    brightness: 0.1,
    contrast: 0.1,
  })
  const [whole, parts] = [at('whole'), at('parts')]
  await runTraining({ project: settings, engine: 'wasm', folder: whole, id: 'run' }, () => {}, never)
  const stop = new AbortController()
  await runTraining(
    { project: settings, engine: 'wasm', folder: parts, id: 'run' },
    (e) => e.kind === 'step' && e.step >= 6 && stop.abort(),
    stop.signal,
  )
  expect(await resumeTraining(parts, () => {}, never)).toMatchObject({ ok: true, value: { state: 'completed' } })
  const losses = async (folder: string) => {
    const run = await readRun(folder)
    return run.ok ? [...run.value.steps.map((s) => s.loss), ...run.value.epochs.map((e) => e.valLoss)] : []
  }
  expect(await losses(parts)).toHaveLength(15)
  expect(await losses(parts)).toEqual(await losses(whole))
  expect((await samplesOf(parts)).normalization).toEqual((await samplesOf(whole)).normalization)
})

test('changing the images changes the training, and only that', async () => {
  const settings = { epochs: 1, batchSize: 24, learningRate: 1e-9 }
  const train = async (name: string, changes: Partial<TrainingConfig>) => {
    const job = {
      project: project(logistic([8, 8, 1], 2), images(), { ...settings, ...changes }),
      engine: 'wasm',
      folder: at(name),
      id: 'run',
    } as const
    await runTraining(job, () => {}, never)
    const run = await readRun(at(name))
    if (!run.ok) throw new Error(run.error.message)
    return run.value
  }
  const [plain, changed] = [await train('plain', {}), await train('changed', { flip: 'horizontal' })]
  expect(changed.steps.map((s) => s.loss)).not.toEqual(plain.steps.map((s) => s.loss))
  // The weights hardly move, so that validation would tell if its samples were changed.
  expect(changed.epochs[0]?.valLoss).toBeCloseTo(plain.epochs[0]?.valLoss ?? Number.NaN, 5)
})

test('what cannot be normalised or changed is said', async () => {
  const started = async (name: string, data: string, training: Partial<TrainingConfig>) => {
    const job = {
      project: project(logistic([2], 2), data, { epochs: 1, ...training }),
      engine: 'wasm',
      folder: at(name),
      id: 'run',
    } as const
    await runTraining(job, () => {}, never)
    const run = await readRun(at(name))
    return run.ok ? run.value.started?.notes : run.error.message
  }
  expect(await started('table', `csv:${at('scales.csv')}`, { rotation: 10 })).toEqual([
    note('augmentationUnused', { shape: '2' }),
    // 1000 ÷ √3 for the noise, √(1 + 0.3²) for the size.
    note('unevenColumns', { wide: 'noise', times: 550, narrow: 'size' }),
  ])
  const letters = new Builder()
  const looked = letters.layer('embedding', { inputDim: 8, outputDim: 4 }, letters.input([24]))
  letters.layer('dense', { units: 4, activation: 'softmax' }, letters.layer('flatten', {}, looked))
  const sequences = project(letters.build(), 'sequences', { normalization: 'standardize' })
  const refused = await runTraining({ project: sequences, engine: 'wasm', folder: at('no'), id: 'no' }, () => {}, never)
  expect(refused).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('Embedding looks up whole numbers') },
  })
})
