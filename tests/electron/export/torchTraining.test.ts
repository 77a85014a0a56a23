import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { TrainingConfig } from '#shared/training/config'
import { losses, lossTypes } from '#shared/training/losses'
import { optimizerTypes } from '#shared/training/optimizers'
import { createRandom } from '#shared/training/random'
import { scheduleTypes } from '#shared/training/schedules'
import { exportRun } from '../../../electron/trainer/export'
import { runTraining } from '../../../electron/trainer/train'
import { pythonWith } from '../python'
import { project } from '../trainer/networks'

const python = pythonWith('torch') ?? ''
const skipped = python ? '' : ' (skipped: no Python here can import torch; name one in NETLOOM_PYTHON)'
const folder = mkdtempSync(join(tmpdir(), 'netloom-torch-training-'))
afterAll(() => rmSync(folder, { recursive: true }))

const random = createRandom(3)
const cell = () => random.normal().toFixed(3)
/** Rows of three numbers and a text; what they are follows from the numbers. */
const rows = Array.from({ length: 60 }, () => {
  const values = [cell(), cell(), cell()]
  const sum = values.reduce((a, b) => a + Number(b), 0)
  return { values: [...values, random.next() < 0.5 ? 'red' : 'blue'], sum }
})
const table = (name: string, target: (sum: number) => string): string => {
  const path = join(folder, name)
  const text = rows.map((r) => [...r.values, target(r.sum)].join(','))
  writeFileSync(path, ['a,b,c,colour,y', ...text].join('\n'))
  return `csv:${path}`
}
const classes = table('classes.csv', (sum) => (sum < -0.7 ? 'low' : sum < 0.7 ? 'middle' : 'high'))
const numbers = table('numbers.csv', (sum) => sum.toFixed(3))

/** A batch holds all samples, so that their order does not matter: epochs must come out as in the product itself. */
const all: Partial<TrainingConfig> = { batchSize: 64, epochs: 5, learningRate: 0.05 }
interface Case {
  readonly title: string
  readonly training: Partial<TrainingConfig>
  readonly data?: string
  readonly ending?: 'softmax' | 'sigmoid' | 'linear'
}
const cases: readonly Case[] = [
  ...optimizerTypes.map((optimizer) => ({ title: `optimizer ${optimizer}`, training: { optimizer } })),
  ...optimizerTypes.map((optimizer) => ({
    title: `weight decay with ${optimizer}`,
    training: { optimizer, weightDecay: 0.1 },
  })),
  ...scheduleTypes.map((schedule) => ({
    title: `schedule ${schedule}`,
    training: { schedule, warmupSteps: 2, plateauPatience: 1, epochs: 6 },
  })),
  ...lossTypes.map((loss) => ({
    title: `loss ${loss}`,
    training: { loss },
    ending: losses[loss].logitsOf ?? ('linear' as const),
    data: losses[loss].classes ? classes : numbers,
  })),
  { title: 'clipping', training: { clipNorm: 0.05, clipValue: 0.02, optimizer: 'sgd' } },
  { title: 'balanced classes', training: { classWeight: 'balanced' } },
  { title: 'weighted classes', training: { classWeight: 'custom', classWeightValues: [1, 2, 0.5] } },
  // A step takes all samples, in several batches.
  { title: 'accumulation', training: { batchSize: 8, gradientAccumulationSteps: 8 } },
  { title: 'normalization', training: { normalization: 'minMax', testSplit: 0.1 } },
  { title: 'the best weights', training: { patience: 2, restoreBest: true, learningRate: 1, epochs: 8 } },
]

function graphOf(outputs: number, ending: string) {
  const b = new Builder()
  const hidden = b.layer('dense', { units: 6, activation: 'tanh' }, b.input([5]), { id: 'hidden' })
  b.layer('dense', { units: outputs, activation: ending as 'linear' }, hidden, { id: 'last' })
  const graph = b.build()
  const settings = { learningRateMultiplier: 0.5, kernelL2: 0.01, biasL1: 0.02 }
  return {
    ...graph,
    nodes: graph.nodes.map((n) => (n.id === 'hidden' ? { ...n, weightSettings: settings } : n)),
  }
}

/** Runs one train.py after the other in one process: importing PyTorch takes longer than all of them. */
const script = `
import os, runpy, sys
for folder in sys.argv[1:]:
    for name in ("data", "model", "weights"):
        sys.modules.pop(name, None)
    os.chdir(folder)
    sys.path.insert(0, folder)
    sys.argv = ["train.py"]
    runpy.run_path("train.py", run_name="__main__")
    sys.path.remove(folder)
`

describe.skipIf(!python)(`the exported training does what the run did${skipped}`, () => {
  const told = new Map<string, readonly { readonly loss: number | null; readonly valLoss: number | null }[]>()
  const folderOf = (i: number) => join(folder, `project${i}`)

  beforeAll(async () => {
    // The self-check has tests of its own.
    vi.stubEnv('NETLOOM_PYTHON', join(folder, 'no python'))
    for (const [i, { data = classes, ending = 'softmax', title, training }] of cases.entries()) {
      const epochs: { loss: number | null; valLoss: number | null }[] = []
      const run = join(folder, `run${i}`)
      const graph = graphOf(data === classes ? 3 : 1, ending)
      const done = await runTraining(
        { project: project(graph, data, { ...all, ...training }), engine: 'cpu', folder: run, id: `run${i}` },
        (e) => {
          if (e.kind === 'epoch') epochs.push({ loss: e.loss, valLoss: e.valLoss })
        },
        new AbortController().signal,
      )
      if (!done.ok) throw new Error(`${title}: ${done.error.message}`)
      told.set(title, epochs)
      const report = await exportRun(run, 'torch-project', folderOf(i), '')
      if (!report.ok) throw new Error(`${title}: ${report.error.message}`)
      expect(report.value).toMatchObject({ maxDifference: null, samplesChecked: 0 })
    }
    vi.unstubAllEnvs()
    execFileSync(python, ['-c', script, ...cases.map((_, i) => folderOf(i))], { stdio: 'pipe', timeout: 280_000 })
  }, 600_000)

  test.each(cases.map((c, i) => ({ ...c, i })))('$title', ({ i, title }) => {
    const written = readFileSync(join(folderOf(i), 'output', 'metrics.ndjson'), 'utf8')
      .trim()
      .split('\n')
    const want = told.get(title) ?? []
    expect(written.length).toBe(want.length)
    written.forEach((line, at) => {
      const got = JSON.parse(line)
      for (const [a, b] of [
        [got.loss, want[at]?.loss],
        [got.val_loss, want[at]?.valLoss],
      ])
        expect(Math.abs(a - (b ?? Number.NaN)) / Math.max(Math.abs(b ?? 0), 0.01)).toBeLessThan(2e-3)
    })
  })
})
