import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { createRandom } from '#shared/training/random'
import type { ExportFormat } from '#shared/training/run'
import { exportProject } from '../../../electron/trainer/export'
import { npz } from '../../../electron/trainer/export/npy'
import { prepare } from '../../../electron/trainer/prepare'
import { readSafetensors } from '../../../electron/trainer/safetensors'
import { pythonWith } from '../python'
import { project } from '../trainer/networks'

const folder = mkdtempSync(join(tmpdir(), 'netloom-untrained-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

function small(input: readonly number[], classes = 3): Graph {
  const b = new Builder()
  const x = b.layer('conv2d', { filters: 4, kernelSize: [3, 3], activation: 'relu' }, b.input(input))
  b.layer('dense', { units: classes, activation: 'softmax' }, b.layer('flatten', {}, x), { id: 'says' })
  return b.build()
}

async function written(format: ExportFormat, graph: Graph, data: string, training = {}) {
  const to = at(`${format}-${createRandom(Date.now()).below(1e9)}`)
  const report = await exportProject(project(graph, data, training), format, to, '')
  if (!report.ok) throw new Error(report.error.message)
  return { to, report: report.value, read: (name: string) => readFileSync(join(to, name)) }
}

test.each(['tfjs', 'onnx'] as const)('a drawing without data as %s: it says that it is not trained', async (format) => {
  const { read, report } = await written(format, small([8, 8, 1]), '', { seed: 7 })
  expect(report.untrained).toEqual({ seed: 7, data: false })
  expect(report.maxDifference).toBeLessThan(1e-5)
  expect(JSON.parse(read('netloom.json').toString())).toMatchObject({
    trained: false,
    inputShape: [8, 8, 1],
    labels: ['0', '1', '2'],
  })
})

test('the weights are those that a training with the seed begins with', async () => {
  const drawn = small([28, 28, 1], 10)
  const { read } = await written('torch-project', drawn, 'digits', { seed: 3 })
  const file = readSafetensors(read('initial.safetensors'))
  const begun = await prepare(project(drawn, 'digits', { seed: 3 }), 'cpu')
  if (!file.ok || !begun.ok) throw new Error('not read')
  begun.value.model.initialize()
  const bias = begun.value.model.weights().get('says/bias')
  const dense = begun.value.model.weights().get('says/kernel')?.values ?? []
  const sorted = (values: Iterable<number>) => Float32Array.from(values).sort()
  const mine = [...file.value.arrays].find(([, a]) => a.shape.length === 2)?.[1].values ?? []
  // PyTorch wants them in another order.
  expect(sorted(mine)).toEqual(sorted(dense))
  expect(bias?.values.every((v) => v === 0)).toBe(true)
  begun.value.model.dispose()
})

test('with data, values are normalised by the figures of its training part, as in a run; without, that is left out and said', async () => {
  const training = { normalization: 'standardize' } as const
  const drawn = small([28, 28, 1], 10)
  const { read, report } = await written('tfjs', drawn, 'digits', training)
  expect(report.untrained).toEqual({ seed: 42, data: true })
  const begun = await prepare(project(drawn, 'digits', training), 'cpu')
  if (!begun.ok) throw new Error(begun.error.message)
  expect(JSON.parse(read('netloom.json').toString()).normalization).toEqual(begun.value.normalization)
  begun.value.model.dispose()
  const without = await written('torch-project', drawn, '', training)
  expect(without.report.untrained).toEqual({ seed: 42, data: false, unscaled: true })
  expect(without.read('README.md').toString()).toContain('(standardize). There was no data')
  expect(without.read('data.py').toString()).not.toContain('OFFSET')
})

test('data that is not there, or does not fit, is a reason and not a crash', async () => {
  const absent = await exportProject(project(small([8, 8, 1]), 'csv:/nowhere.csv'), 'onnx', at('absent'), '')
  expect(absent).toMatchObject({ ok: false, error: { code: 'invalidData' } })
  const unfit = await exportProject(project(small([5, 5, 2], 10), 'digits'), 'onnx', at('unfit'), '')
  expect(unfit).toMatchObject({ ok: false, error: { code: 'invalidData' } })
  const empty = await exportProject(project({ nodes: [], edges: [], groups: [] }, ''), 'onnx', at('empty'), '')
  expect(empty).toMatchObject({ ok: false, error: { code: 'invalidProject' } })
})

test('inputs of several shapes, and numbers for several outputs', async () => {
  const b = new Builder()
  const both = b.layer('concat', {}, [b.input([4]), b.layer('flatten', {}, b.input([3, 2]))])
  b.layer('dense', { units: 2 }, both)
  b.layer('dense', { units: 1 }, both)
  const { read, report } = await written('onnx', b.build(), '', { loss: 'meanSquaredError' })
  expect(report.maxDifference).toBeLessThan(1e-5)
  const about = JSON.parse(read('netloom.json').toString())
  expect(about).toMatchObject({ inputShape: [10], targetSize: 3, labels: null })
})

const python = pythonWith('torch') ?? ''
const skipped = python ? '' : ' (skipped: no Python here can import torch; name one in NETLOOM_PYTHON)'

describe.skipIf(!python)(`as a PyTorch project${skipped}`, () => {
  test('it gives the outputs of the drawing, trains on data.npz, and predicts only then', async () => {
    const { report, to } = await written('torch-project', small([8, 8, 2]), '', { epochs: 3, batchSize: 8 })
    expect(report.maxDifference).toBeLessThan(1e-5)
    expect(report.files).not.toContain('weights.safetensors')
    const random = createRandom(1)
    const x = Float32Array.from({ length: 48 * 128 }, (_, i) => random.uniform(0, 0.2) + (Math.floor(i / 128) % 3) / 3)
    const y = Uint16Array.from({ length: 48 }, (_, i) => i % 3)
    writeFileSync(join(to, 'data.npz'), npz({ x: { values: x, shape: [48, 8, 8, 2] }, y: { values: y, shape: [48] } }))
    execFileSync(python, ['-c', 'import numpy as np; np.save("rows.npy", np.load("data.npz")["x"][:2])'], { cwd: to })
    const say = (...args: string[]) => execFileSync(python, args, { cwd: to, encoding: 'utf8', stdio: 'pipe' })
    expect(() => say('predict.py', 'rows.npy')).toThrow('Train first: python train.py')
    say('train.py')
    const epochs = readFileSync(join(to, 'output', 'metrics.ndjson'), 'utf8')
      .trim()
      .split('\n')
    const losses = epochs.map((line): number => JSON.parse(line).loss)
    expect(losses).toHaveLength(3)
    expect(losses[2]).toBeLessThan(losses[0] ?? 0)
    expect(say('predict.py', 'rows.npy').split('\n')).toHaveLength(3)
  }, 300_000)
})
