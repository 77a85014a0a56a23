import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { Builder } from '#shared/graph/builder'
import type { Project } from '#shared/project/project'
import { note } from '#shared/training/notes'
import type { TrainEvent } from '#shared/training/run'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { exportRun } from '../../../electron/trainer/export'
import { listRuns, readRun } from '../../../electron/trainer/runs'
import { runTraining } from '../../../electron/trainer/train'
import { linear, logistic, mlp, project, smallCnn, tinyCnn } from './networks'

let work = ''
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'netloom-train-'))
})
afterAll(() => rmSync(work, { recursive: true }))

let runs = 0
async function train(p: Project, signal = new AbortController().signal, seen?: (e: TrainEvent) => void) {
  const id = `run${++runs}`
  const folder = join(work, id)
  const events: TrainEvent[] = []
  const emit = (e: TrainEvent) => {
    events.push(e)
    seen?.(e)
  }
  const result = await runTraining({ project: p, engine: 'wasm', folder, id }, emit, signal)
  return { result, events, folder }
}

function csv(name: string, lines: readonly string[]): string {
  const path = join(work, name)
  writeFileSync(path, lines.join('\n'))
  return `csv:${path}`
}

describe('the built-in digits', () => {
  test('logistic regression stays below 93 %', async () => {
    const { result } = await train(project(logistic([28, 28, 1], 10), 'digits', { epochs: 20, learningRate: 0.003 }))
    expect(result.ok && result.value.valAccuracy).toBeGreaterThan(0.8)
    expect(result.ok && result.value.valAccuracy).toBeLessThan(0.93)
  })

  test('LeNet-5 learns them; its run is told, kept and exported', async () => {
    const graph = drawTemplate(templates.lenet5, defaultsOf(templates.lenet5.fields))
    const p = project(graph, 'digits', { epochs: 3, learningRate: 0.002, batchSize: 32 })
    const { result, events, folder } = await train(p)
    expect(result).toMatchObject({
      ok: true,
      value: { state: 'completed', engine: 'wasm', epochsDone: 3, data: 'digits' },
    })
    expect(result.ok && result.value.valAccuracy).toBeGreaterThan(0.93)
    expect(events[0]).toMatchObject({
      kind: 'started',
      stepsPerEpoch: 150,
      trainSamples: 4800,
      validationSamples: 1200,
      parameters: 61_706,
      notes: [note('padded', { from: '28×28', to: '32×32' })],
    })
    const detail = await readRun(folder)
    if (!detail.ok || !result.ok) throw new Error('no run')
    expect(detail.value.summary).toEqual(result.value)
    expect(detail.value.steps.map((s) => s.step)).toEqual(Array.from({ length: 450 }, (_, i) => i + 1))
    expect(detail.value.epochs).toEqual(events.filter((e) => e.kind === 'epoch'))
    const { confusion } = detail.value
    const right = confusion?.counts.reduce((sum, row, i) => sum + (row[i] ?? 0), 0)
    expect(confusion?.counts.flat().reduce((a, b) => a + b)).toBe(1200)
    expect((right ?? 0) / 1200).toBeCloseTo(result.value.valAccuracy ?? 0, 10)
    expect((await listRuns(work)).map((r) => r.id)).toContain(result.value.id)

    const to = join(folder, 'export')
    const report = await exportRun(folder, 'tfjs', to, 'not needed')
    expect(report).toMatchObject({ ok: true, value: { samplesChecked: 32 } })
    if (!report.ok) return
    expect(report.value.maxDifference).toBeLessThan(1e-6)
    for (const file of report.value.files) expect(existsSync(join(to, file))).toBe(true)
  })
})

const optdigits = join(import.meta.dirname, '../../../../shared/data/optdigits-train.csv')
test.skipIf(!existsSync(optdigits))(
  `real handwriting: a small CNN reaches 97 % (skipped without ${optdigits})`,
  async () => {
    const p = project(smallCnn([8, 8, 1], 10), `csv:${optdigits}?shape=8x8x1&scale=16`, { epochs: 12, batchSize: 32 })
    const { result } = await train(p)
    expect(result.ok && result.value.valAccuracy).toBeGreaterThanOrEqual(0.97)
  },
)

test('the same seed gives the same curve, another seed another', async () => {
  const curve = async (seed: number) => {
    const b = project(tinyCnn([28, 28, 1], 10), 'digits', { epochs: 1, seed, batchSize: 512 })
    const { folder } = await train(b)
    const detail = await readRun(folder)
    return detail.ok ? detail.value.steps.map((s) => s.loss) : []
  }
  const [a, again, other] = [await curve(1), await curve(1), await curve(2)]
  expect(a).toHaveLength(10)
  expect(again).toEqual(a)
  expect(other).not.toEqual(a)
})

test('stopping finishes the step, writes a checkpoint, evaluates and ends', async () => {
  const stop = new AbortController()
  const p = project(logistic([28, 28, 1], 10), 'digits', { epochs: 50 })
  const { result, events } = await train(p, stop.signal, (e) => {
    if (e.kind === 'step' && e.step >= 10) stop.abort()
  })
  expect(result).toMatchObject({ ok: true, value: { state: 'stopped', epochsDone: 0 } })
  expect(result.ok && result.value.valAccuracy).toBeGreaterThan(0.1)
  const last = events.at(-1)
  expect(last).toMatchObject({ kind: 'finished', reason: 'stopped', epoch: 0 })
  expect(last?.kind === 'finished' && last.confusion?.labels).toHaveLength(10)
  expect(events.filter((e) => e.kind === 'epoch')).toHaveLength(1)
})

test('a loss that is no number any more ends the run and says what to do', async () => {
  const numbers = csv(
    'line.csv',
    Array.from({ length: 100 }, (_, i) => `${i},${i * 2.5}`),
  )
  const wild = { loss: 'meanSquaredError', optimizer: 'sgd', learningRate: 9, momentum: 0.99 } as const
  const failed = await train(project(linear(1, 1), numbers, wild))
  expect(failed.result).toMatchObject({ ok: false, error: { code: 'failed' } })
  expect(!failed.result.ok && failed.result.error.message).toMatch(
    /^The loss became (NaN|infinite) in step \d+ \(epoch \d+\)(, first in the layer Dense)?\. Use a smaller learning rate than 9/,
  )
  const kept = await readRun(failed.folder)
  expect(kept.ok && kept.value.summary).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/learning rate/),
  })
})

test('regression: a line is fitted', async () => {
  const numbers = csv(
    'small-line.csv',
    Array.from({ length: 100 }, (_, i) => `${i / 50 - 1},${(i / 50 - 1) * 0.5 + 0.25}`),
  )
  const p = project(mlp(1, 1), numbers, { loss: 'meanSquaredError', epochs: 60, learningRate: 0.01, batchSize: 16 })
  const { result } = await train(p)
  expect(result).toMatchObject({ ok: true, value: { valAccuracy: null } })
  expect(result.ok && result.value.valLoss).toBeLessThan(1e-3)
})

test('two spirals: a small network parts them, a straight line does not', async () => {
  const b = new Builder()
  const first = b.layer('dense', { units: 64, activation: 'relu' }, b.input([2]))
  const second = b.layer('dense', { units: 64, activation: 'relu' }, first)
  b.layer('dense', { units: 2, activation: 'softmax' }, second)
  const settings = { epochs: 60, learningRate: 0.01, batchSize: 32, schedule: 'cosine' } as const
  const deep = await train(project(b.build(), 'spirals', settings))
  expect(deep.result.ok && deep.result.value.valAccuracy).toBeGreaterThan(0.97)
  const straight = await train(project(logistic([2], 2), 'spirals', { ...settings, epochs: 10 }))
  expect(straight.result.ok && straight.result.value.valAccuracy).toBeLessThan(0.8)
})

test('what does not fit is said before a run begins', async () => {
  const cases: [Project, string][] = [
    [
      project(logistic([28, 28, 1], 7), 'digits'),
      'The network has 7 outputs (7), but the data has 10 classes. Give the last layer 10 units.',
    ],
    [
      project(logistic([27, 28, 1], 10), 'digits'),
      "The network's input is 27×28×1, but the data has samples of 28×28×1. Set the shape of the Input to 28×28×1.",
    ],
    [
      project(mlp(784, 10), 'digits'),
      'Categorical cross-entropy needs probabilities, but the network does not end in a softmax. Add one at the end, or choose another loss.',
    ],
    [project(logistic([28, 28, 1], 10), ''), 'No data set is chosen. Choose the built-in digits, or a CSV file.'],
    [
      project({ nodes: [], edges: [], groups: [] }, 'digits'),
      'The network has no layer behind its input. Add one, such as Dense, and wire it to the input.',
    ],
  ]
  for (const [p, message] of cases) {
    const { result, events } = await train(p)
    expect(result).toMatchObject({ ok: false, error: { message } })
    expect(events).toEqual([])
  }
})

test('training leaves no tensors behind', async () => {
  const p = project(tinyCnn([28, 28, 1], 10), 'digits', { epochs: 1, batchSize: 480 })
  const counts: number[] = []
  await train(p, undefined, (e) => {
    if (e.kind === 'step') counts.push(tf.memory().numTensors)
  })
  expect(new Set(counts).size).toBe(1)
  const before = tf.memory().numTensors
  await train(p)
  expect(tf.memory().numTensors).toBe(before)
})
