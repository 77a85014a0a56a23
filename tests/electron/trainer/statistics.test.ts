import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import type { TrainingConfig } from '#shared/training/config'
import { troublesOf } from '#shared/training/health'
import type { StatisticsEvent, TrainEvent } from '#shared/training/run'
import { readRun } from '../../../electron/trainer/runs'
import { runTraining } from '../../../electron/trainer/train'
import { linear, project, tinyCnn } from './networks'

let work = ''
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'netloom-statistics-'))
  writeFileSync(join(work, 'line.csv'), '1,3\n2,5\n')
})
afterAll(() => rmSync(work, { recursive: true }))

const never = new AbortController().signal

async function train(id: string, graph: Graph, data: string, training: Partial<TrainingConfig>) {
  const events: TrainEvent[] = []
  const job = { project: project(graph, data, training), engine: 'wasm', folder: join(work, id), id } as const
  const result = await runTraining(job, (e) => events.push(e), never)
  if (!result.ok) throw new Error(result.error.message)
  const run = await readRun(join(work, id))
  if (!run.ok) throw new Error(run.error.message)
  return { told: events.filter((e): e is StatisticsEvent => e.kind === 'statistics'), kept: run.value.statistics }
}

test('the figures of a line, by hand', async () => {
  const { told, kept } = await train('line', linear(1, 1), `csv:${join(work, 'line.csv')}?task=numbers`, {
    loss: 'meanSquaredError',
    optimizer: 'sgd',
    momentum: 0,
    learningRate: 0.1,
    validationSplit: 0,
    batchSize: 2,
    epochs: 2,
  })
  // Told of the first step, and of the last.
  expect(told.map((e) => e.step)).toEqual([1, 2])
  expect(kept).toEqual(told)
  const [first, second] = told.map((e) => e.layers[0])
  const { mean = 0, std = 0, norm = 0, gradient = 0 } = first?.weights ?? {}
  // Of two numbers a and b with that mean and spread: after the step, the kernel a and the bias b.
  const [low, high] = [(mean ?? 0) - (std ?? 0), (mean ?? 0) + (std ?? 0)]
  expect(Math.hypot(low, high)).toBeCloseTo(norm ?? 0, 3)
  expect(first).toMatchObject({ node: 'dense1', weights: { count: 2 }, dead: null })
  // One step of plain SGD moves the weights by rate · gradient; then (a, b) − 0.1 · ∇ of mean((a·x + b − y)²) at (a, b).
  const slope = (a: number, b: number) => {
    const [e1, e2] = [a + b - 3, 2 * a + b - 5]
    return Math.hypot(e1 + 2 * e2, e1 + e2)
  }
  const fits = [slope(low, high), slope(high, low)].map((s) => Math.abs(s - (second?.weights?.gradient ?? 0)) / s)
  expect(Math.min(...fits)).toBeLessThan(1e-3)
  expect(second?.update).toBeCloseTo((0.1 * (second?.weights?.gradient ?? 0)) / (norm ?? 1), 3)
  expect(gradient).toBeGreaterThan(0)
})

/** `depth` layers of 20 units with one activation between input and softmax. */
function deep(activation: 'sigmoid' | 'relu', depth: number): Graph {
  const b = new Builder()
  let x = b.input([2])
  for (let i = 0; i < depth; i++) x = b.layer('dense', { units: 20, activation }, x)
  b.layer('dense', { units: 2, activation: 'softmax' }, x)
  return b.build()
}
const troubles = (event: StatisticsEvent | undefined) => Object.fromEntries(troublesOf(event?.layers ?? []))

test('a network that learns is in no trouble', async () => {
  const { told } = await train('well', tinyCnn([28, 28, 1], 10), 'digits', { epochs: 1, batchSize: 100 })
  expect(told.length).toBeGreaterThan(0)
  for (const event of told) expect(troubles(event)).toEqual({})
  const [conv, dense] = told[0]?.layers ?? []
  expect(conv).toMatchObject({ node: 'conv2d1', weights: { count: 40 } })
  expect(conv?.dead).not.toBeNull()
  expect(dense?.dead).toBeNull()
})

test('through ten sigmoids the gradients of the first layers vanish', async () => {
  const { told } = await train('sigmoids', deep('sigmoid', 10), 'spirals', { epochs: 1 })
  const found = troubles(told[0])
  expect(found.dense1).toEqual(['vanishing'])
  expect(found.dense2).toEqual(['vanishing'])
  expect(found.dense10).toBeUndefined()
})

test('a learning rate that is far too high kills units', async () => {
  const { told } = await train('dead', deep('relu', 2), 'spirals', { epochs: 3, optimizer: 'sgd', learningRate: 10 })
  const found = troubles(told.at(-1))
  expect(Object.values(found).flat()).toContain('deadRelu')
})

test('small batches are watched until 64 samples have passed', async () => {
  const { told } = await train('small', deep('relu', 1), 'spirals', { epochs: 1, batchSize: 8 })
  expect(told[0]?.step).toBe(8)
})
