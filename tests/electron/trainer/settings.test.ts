import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { applyEdit } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import type { Project } from '#shared/project/project'
import { noteText } from '#shared/training/notes'
import { createRandom } from '#shared/training/random'
import type { OwnWeightSettings } from '#shared/training/weightSettings'
import { resumeTraining } from '../../../electron/trainer/resume'
import { readRun } from '../../../electron/trainer/runs'
import { readSafetensors } from '../../../electron/trainer/safetensors'
import { runTraining } from '../../../electron/trainer/train'
import { mlp, project, tinyCnn } from './networks'

let work = ''
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'netloom-settings-'))
})
afterAll(() => rmSync(work, { recursive: true }))

const never = new AbortController().signal
/** Batches of 40, several to a step: 1,920 digits make 48 batches and, five to a step, nine steps and one of three batches. */
const accumulating = (gradientAccumulationSteps: number, batchSize: number, learningRate = 0.01) =>
  project(mlpOfDigits(), 'digits', { epochs: 2, batchSize, gradientAccumulationSteps, learningRate })

function mlpOfDigits(): Graph {
  const b = new Builder()
  const flat = b.layer('flatten', {}, b.input([28, 28, 1]))
  const hidden = b.layer('dense', { units: 16, activation: 'relu' }, flat, { id: 'hidden' })
  b.layer('dense', { units: 10, activation: 'softmax' }, hidden, { id: 'out' })
  return b.build()
}
const settled = (graph: Graph, ids: string[], settings: OwnWeightSettings): Graph =>
  applyEdit(graph, { type: 'setWeightSettings', ids, settings })

async function train(name: string, p: Project, options: { stopAt?: number; init?: string } = {}) {
  const stop = new AbortController()
  const folder = join(work, name)
  const { stopAt = Number.POSITIVE_INFINITY, init } = options
  const result = await runTraining(
    { project: p, engine: 'wasm', folder, id: name, init },
    (e) => e.kind === 'step' && e.step >= stopAt && stop.abort(),
    stop.signal,
  )
  return { folder, result }
}
async function curve(folder: string) {
  const run = await readRun(folder)
  if (!run.ok) throw new Error(run.error.message)
  const { epochs, started, steps } = run.value
  return {
    steps: steps.map(({ accuracy, loss, step }) => ({ accuracy, loss, step })),
    epochs: epochs.map(({ accuracy, loss, penalty, valAccuracy, valLoss }) => ({
      accuracy,
      loss,
      penalty,
      valAccuracy,
      valLoss,
    })),
    notes: (started?.notes ?? []).map(noteText),
  }
}
function weights(folder: string) {
  const file = readSafetensors(readFileSync(join(folder, 'checkpoints', 'last.safetensors')))
  if (!file.ok) throw new Error(file.error)
  return file.value.arrays
}

test('accumulated batches give the curve of a larger batch, the last partial step included', async () => {
  const large = await curve((await train('large', accumulating(1, 200))).folder)
  const parts = await curve((await train('parts', accumulating(5, 40))).folder)
  expect(parts.steps).toHaveLength(large.steps.length)
  expect(large.steps.length % 2).toBe(0)
  parts.steps.forEach(({ loss }, i) => {
    expect(loss).toBeCloseTo(large.steps[i]?.loss ?? Number.NaN, 3)
  })
  parts.epochs.forEach(({ valLoss }, i) => {
    expect(valLoss).toBeCloseTo(large.epochs[i]?.valLoss ?? Number.NaN, 3)
  })
})

test('a run with accumulated batches and dropout that was stopped goes on with the same curve', async () => {
  const p = project(tinyCnn([28, 28, 1], 10), 'digits', { epochs: 2, batchSize: 160, gradientAccumulationSteps: 3 })
  const whole = await train('whole', p)
  const stopped = await train('stopped', p, { stopAt: 2 })
  expect(stopped.result).toMatchObject({ ok: true, value: { state: 'stopped' } })
  expect(await resumeTraining(stopped.folder, () => {}, never)).toMatchObject({ ok: true })
  expect(await curve(stopped.folder)).toEqual(await curve(whole.folder))
  expect(weights(stopped.folder)).toEqual(weights(whole.folder))
})

test('a run begins with the weights of another where names and shapes fit, and says so', async () => {
  const first = await train('first', accumulating(1, 480))
  const b = new Builder()
  const flat = b.layer('flatten', {}, b.input([28, 28, 1]))
  const hidden = b.layer('dense', { units: 16, activation: 'relu' }, flat, { id: 'hidden' })
  const more = b.layer('dense', { units: 12, activation: 'relu' }, hidden, { id: 'more' })
  b.layer('dense', { units: 10, activation: 'softmax' }, more, { id: 'out' })
  const graph = settled(b.build(), ['hidden'], { trainable: false })
  const second = await train('second', project(graph, 'digits', { epochs: 1, batchSize: 480 }), { init: first.folder })
  expect(second.result).toMatchObject({ ok: true })
  expect((await curve(second.folder)).notes).toContain(
    '3 of 6 weights begin as they are in the run first; the others begin anew: more/kernel, more/bias, out/kernel.',
  )
  // The layer is frozen: what was taken over is there to the bit after the training.
  for (const name of ['hidden/kernel', 'hidden/bias'])
    expect(weights(second.folder).get(name)).toEqual(weights(first.folder).get(name))
  const again = await train('again', project(mlpOfDigits(), 'digits', { epochs: 1, batchSize: 480 }), {
    init: first.folder,
  })
  expect((await curve(again.folder)).notes).toContain('All 4 weights begin as they are in the run first.')
  // It goes on from where the first had got.
  const [from, to] = [await curve(first.folder), await curve(again.folder)]
  expect(to.steps[0]?.loss).toBeLessThan((from.steps[0]?.loss ?? 0) * 0.6)
})

test('weights of a network that has nothing in common are refused, and no run begins', async () => {
  const digits = await train('digits', project(mlpOfDigits(), 'digits', { epochs: 1, batchSize: 480 }), { stopAt: 1 })
  const { folder, result } = await train('foreign', project(mlp(2, 2), 'spirals', { loss: 'hinge' }), {
    init: digits.folder,
  })
  expect(result).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('No weight of the run digits fits') },
  })
  expect(existsSync(folder)).toBe(false)
  const absent = await train('absent', accumulating(1, 480), { init: join(work, 'nowhere') })
  expect(absent.result).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('no weights to begin with') },
  })
})

test('a network that is frozen throughout cannot be trained', async () => {
  const frozen = settled(mlpOfDigits(), ['hidden', 'out'], { trainable: false })
  const { result } = await train('frozen', project(frozen, 'digits'))
  expect(result).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('every layer with weights is frozen') },
  })
})

test('balanced class weights let a rare class count', async () => {
  // Two normal clouds, 1.5 deviations apart, 19 to 1. Where both count alike, Φ(0.75) = 77 % of the rare ones are found, else
  // Φ(0.75 − ln 19 / 1.5) = 11 %.
  const random = createRandom(1)
  const rows = Array.from({ length: 2000 }, (_, i) => {
    const rare = i % 20 === 0
    return `${random.normal() + (rare ? 1.5 : 0)},${random.normal()},${rare ? 'rare' : 'common'}`
  })
  const path = join(work, 'clouds.csv')
  writeFileSync(path, `a,b,class\n${rows.join('\n')}\n`)
  const b = new Builder()
  b.layer('dense', { units: 2, activation: 'softmax' }, b.input([2]))
  const recall = async (name: string, classWeight: 'none' | 'balanced') => {
    const p = project(b.build(), `csv:${path}`, { epochs: 10, learningRate: 0.05, validationSplit: 0.5, classWeight })
    const run = await readRun((await train(name, p)).folder)
    const confusion = run.ok ? run.value.confusion : null
    const row = confusion?.counts[confusion.labels.indexOf('rare')] ?? []
    return (row[confusion?.labels.indexOf('rare') ?? 0] ?? 0) / row.reduce((x, y) => x + y, 0)
  }
  expect(await recall('unweighted', 'none')).toBeLessThan(0.25)
  expect(await recall('weighted', 'balanced')).toBeGreaterThan(0.6)
})

test('class weights that do not fit the data are refused', async () => {
  const custom = project(mlpOfDigits(), 'digits', { classWeight: 'custom', classWeightValues: [1, 2] })
  expect((await train('custom', custom)).result).toMatchObject({
    ok: false,
    error: { message: 'Custom class weights need one number per class. Received 2 for 10 classes.' },
  })
  const numbers = project(mlp(1, 1), 'curve', { loss: 'meanSquaredError', classWeight: 'balanced' })
  expect((await train('numbers', numbers)).result).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('the targets of this data are numbers') },
  })
})

test('the penalty of regularisers is part of the loss, in training and validation', async () => {
  const graph = settled(mlpOfDigits(), ['hidden', 'out'], { kernelL2: 0.05 })
  const [bare, regular] = [
    await curve((await train('bare', project(mlpOfDigits(), 'digits', { epochs: 1, batchSize: 480 }))).folder),
    await curve((await train('regular', project(graph, 'digits', { epochs: 1, batchSize: 480 }))).folder),
  ]
  // Before the first step the weights are the same.
  expect(regular.steps[0]?.loss).toBeGreaterThan((bare.steps[0]?.loss ?? 0) + 0.5)
  expect(bare.epochs[0]?.penalty).toBeUndefined()
  expect(regular.epochs[0]?.penalty).toBeGreaterThan(0.2)
  expect(regular.epochs[0]?.valLoss).toBeGreaterThan((bare.epochs[0]?.valLoss ?? 0) + 0.2)
})
