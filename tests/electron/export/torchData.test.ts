import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import type { TrainingConfig } from '#shared/training/config'
import { createRandom } from '#shared/training/random'
import { exportRun } from '../../../electron/trainer/export'
import { npz } from '../../../electron/trainer/export/npy'
import { runTraining } from '../../../electron/trainer/train'
import { pythonWith } from '../python'
import { logistic, mlp, project } from '../trainer/networks'

const python = pythonWith('torch') ?? ''
const skipped = python ? '' : ' (skipped: no Python here can import torch; name one in NETLOOM_PYTHON)'
const folder = mkdtempSync(join(tmpdir(), 'netloom-torch-data-'))
afterAll(() => rmSync(folder, { recursive: true }))

const COUNT = 40
const random = createRandom(9)
const bytes = (n: number) => Uint8Array.from({ length: n }, () => random.below(256))
const path = (name: string) => join(folder, name)
const write = (name: string, content: Uint8Array) => {
  writeFileSync(path(name), content)
  return path(name)
}

/** MNIST's format. */
const idx = (dims: readonly number[], values: Uint8Array) =>
  Uint8Array.from([0, 0, 8, dims.length, ...dims.flatMap((n) => [0, 0, n >> 8, n & 255]), ...values])
const classes = Uint8Array.from({ length: COUNT }, (_, i) => i % 4)
write('train-labels-idx1-ubyte', idx([COUNT], classes))
const digits = write('train-images-idx3-ubyte', idx([COUNT, 6, 5], bytes(COUNT * 30)))
const cifar = write('data_batch_1.bin', Uint8Array.from(Array.from(classes).flatMap((c) => [c, ...bytes(3072)])))
const floats = {
  x: { values: Float32Array.from({ length: COUNT * 5 }, () => random.normal()), shape: [COUNT, 5] },
  y: { values: Float32Array.from({ length: COUNT * 2 }, () => random.normal()), shape: [COUNT, 2] },
}
const arrays = unzipSync(npz(floats))
write('y.npy', arrays['y.npy'] ?? new Uint8Array())
const samples = write('x.npy', arrays['x.npy'] ?? new Uint8Array())

/** Two inputs that each see a part of the columns. */
function parts(): Graph {
  const b = new Builder()
  const both = b.layer('concat', {}, [b.input([2]), b.layer('dense', { units: 4, activation: 'relu' }, b.input([3]))])
  b.layer('dense', { units: 2 }, both)
  return b.build()
}
/** A map that ends in probabilities for a picture of another size, behind a convolution. */
function padded(): Graph {
  const b = new Builder()
  const x = b.layer('conv2d', { filters: 3, activation: 'relu' }, b.input([8, 7, 1]))
  b.layer('softmax', {}, b.layer('dense', { units: 4 }, b.layer('flatten', {}, x)))
  return b.build()
}
const augmentation = {
  flip: 'both',
  shift: 0.2,
  crop: 0.1,
  rotation: 10,
  brightness: 0.1,
  contrast: 0.1,
  noise: 0.05,
} as const
const squares = { loss: 'meanSquaredError' } as const

const cases: readonly (readonly [string, Graph, string, Partial<TrainingConfig>])[] = [
  ['idx', logistic([6, 5, 1], 4), `idx:${digits}`, { normalization: 'standardize' }],
  ['idx on a larger network, augmented', padded(), `idx:${digits}`, { ...augmentation, normalization: 'minMax' }],
  ['cifar10', logistic([32, 32, 3], 10), `cifar10:${cifar}`, { testSplit: 0.2 }],
  ['npy', mlp(5, 2), `npy:${samples}`, squares],
  ['parts for several inputs', parts(), `npy:${samples}?labels=y.npy`, { ...squares, normalization: 'standardize' }],
  ['spirals', logistic([2], 2), 'spirals', {}],
  ['curve', mlp(1, 1), 'curve', { ...squares, seed: 7 }],
]

/** Evaluates the weights of one project after the other, then trains each for an epoch. */
const script = `
import os, runpy, sys
for folder in sys.argv[1:]:
    os.chdir(folder)
    sys.path.insert(0, folder)
    for args in (["--evaluate", "--start", "weights.safetensors"], ["--epochs", "1"]):
        for name in ("data", "model", "weights"):
            sys.modules.pop(name, None)
        sys.argv = ["train.py", *args]
        runpy.run_path("train.py", run_name="__main__")
    sys.path.remove(folder)
`

describe.skipIf(!python)(`the project reads samples as the run did${skipped}`, () => {
  test('the validation loss of the run comes out again, from every kind of data', async () => {
    vi.stubEnv('NETLOOM_PYTHON', path('no python'))
    const losses: (number | null)[] = []
    for (const [i, [, graph, data, training]] of cases.entries()) {
      const run = await runTraining(
        {
          project: project(graph, data, { epochs: 1, batchSize: 16, ...training }),
          engine: 'cpu',
          folder: path(`run${i}`),
          id: `run${i}`,
        },
        (e) => {
          if (e.kind === 'epoch') losses[i] = e.valLoss
        },
        new AbortController().signal,
      )
      if (!run.ok) throw new Error(run.error.message)
      const report = await exportRun(path(`run${i}`), 'torch-project', path(`project${i}`), '')
      if (!report.ok) throw new Error(report.error.message)
    }
    vi.unstubAllEnvs()
    const folders = cases.map((_, i) => path(`project${i}`))
    const said = execFileSync(python, ['-c', script, ...folders], { encoding: 'utf8', timeout: 200_000 })
      .trim()
      .split('\n')
    expect(said.length).toBe(2 * cases.length)
    for (const [i, [title]] of cases.entries()) {
      const { val_loss } = JSON.parse(said[2 * i] ?? '')
      expect(Math.abs(val_loss - (losses[i] ?? Number.NaN)), title).toBeLessThan(1e-4)
      expect(Number.isFinite(JSON.parse(said[2 * i + 1] ?? '').loss), title).toBe(true)
    }
  }, 400_000)
})
