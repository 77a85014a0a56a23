import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, test } from 'vitest'
import { defaultsOf, type Params } from '#shared/fields'
import type { Graph } from '#shared/graph/graph'
import type { TrainingConfig } from '#shared/training/config'
import { createRandom } from '#shared/training/random'
import { type TemplateName, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { exportRun } from '../../../electron/trainer/export'
import { npz } from '../../../electron/trainer/export/npy'
import { runTraining } from '../../../electron/trainer/train'
import { pythonWith } from '../python'
import { project } from '../trainer/networks'

const python = pythonWith('torch') ?? ''
const skipped = python ? '' : ' (skipped: no Python here can import torch; name one in NETLOOM_PYTHON)'
const folder = mkdtempSync(join(tmpdir(), 'netloom-torch-project-'))
afterAll(() => rmSync(folder, { recursive: true }))

const template = (name: TemplateName, set: Params): Graph =>
  drawTemplate(templates[name], { ...defaultsOf(templates[name].fields), ...set })

/** Small pictures of a few classes that differ in brightness. */
function pictures(name: string, count: number, shape: readonly number[]): string {
  const random = createRandom(5)
  const width = shape.reduce((a, b) => a * b, 1)
  const y = { values: Uint16Array.from({ length: count }, (_, i) => i % 4), shape: [count] }
  const values = Uint8Array.from(
    { length: count * width },
    (_, i) => 50 * (Math.floor(i / width) % 4) + random.below(80),
  )
  const path = join(folder, name)
  writeFileSync(path, npz({ x: { values, shape: [count, ...shape] }, y }))
  return `npz:${path}`
}

/** A run and its project. `steps`: after so many it is stopped. */
async function exported(
  name: string,
  graph: Graph,
  data: string,
  training: Partial<TrainingConfig>,
  steps = Number.POSITIVE_INFINITY,
) {
  const [run, to] = [join(folder, `${name}-run`), join(folder, name)]
  const stop = new AbortController()
  let valLoss: number | null = null
  const trained = await runTraining(
    { project: project(graph, data, training), engine: 'wasm', folder: run, id: name },
    (e) => {
      if (e.kind === 'step' && e.step >= steps) stop.abort()
      if (e.kind === 'epoch') valLoss = e.valLoss
    },
    stop.signal,
  )
  if (!trained.ok) throw new Error(trained.error.message)
  const report = await exportRun(run, 'torch-project', to, '')
  if (!report.ok) throw new Error(report.error.message)
  return { to, report: report.value, valLoss: valLoss as number | null }
}

interface Figures {
  readonly loss: number
  readonly val_loss: number
  readonly val_accuracy?: number
}
/** The figures that the last line of a project's train.py tells; on several processes where `processes` says so. `from`: the folder it is called in. */
function train(to: string, args: readonly string[], processes = 1, from = to): Figures {
  const script = join(to, 'train.py')
  const launch =
    processes === 1
      ? [script]
      : ['-m', 'torch.distributed.run', '--nproc-per-node', String(processes), '--master-port', '29617', script]
  const env = { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' }
  const said = execFileSync(python, [...launch, ...args], {
    cwd: from,
    env,
    encoding: 'utf8',
    timeout: 280_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return JSON.parse(said.trim().split('\n').at(-1) ?? '')
}

/** Relative. */
const close = (a: number, b: number, by: number) => expect(Math.abs(a - b) / Math.abs(b)).toBeLessThan(by)

describe.skipIf(!python)(`a run as a PyTorch project${skipped}`, () => {
  test('ends without a traceback where Ctrl-C stops it, and goes on from there', async () => {
    const graph = template('mlp', { input: [2], classes: 2, hidden: [8] })
    const { to } = await exported('stopped', graph, 'spirals', { epochs: 1 })
    const running = spawn(python, [join(to, 'train.py'), '--epochs', '1000000'])
    let [said, epochs] = ['', 0]
    running.stderr.on('data', (part) => {
      said += part
    })
    // Once the first epoch is kept, which the figures of the second say.
    createInterface(running.stdout).on('line', () => {
      epochs++
      if (epochs === 2) running.kill('SIGINT')
    })
    const [code] = await once(running, 'close')
    expect(said).toBe('Stopped. With --resume, training goes on after the last whole epoch.\n')
    expect(code).toBe(1)
    train(to, ['--resume', '--epochs', String(epochs + 2)])
    const figures = readFileSync(join(to, 'output', 'metrics.ndjson'), 'utf8')
      .trim()
      .split('\n')
    expect(JSON.parse(figures.at(-1) ?? '')).toMatchObject({ epoch: epochs + 2 })
  })

  test('LeNet on the built-in digits: the same outputs and validation loss, and the same training on two processes', async () => {
    const graph = template('lenet5', { input: [28, 28, 1], classes: 10 })
    const { report, to, valLoss } = await exported('lenet', graph, 'digits', {
      epochs: 1,
      normalization: 'standardize',
    })
    expect(report.maxDifference).toBeLessThan(1e-5)
    // The same weights on the same part of the same data, read by the project's own code.
    close(train(to, ['--evaluate', '--start', 'weights.safetensors']).val_loss, valLoss ?? 0, 1e-4)
    // Where nothing is named, all stays with the project, wherever it is called from; a new training begins its figures anew.
    mkdirSync(join(to, 'output'))
    writeFileSync(join(to, 'output', 'metrics.ndjson'), '{"epoch": 1, "loss": 9}\n')
    const alone = train(to, ['--epochs', '1', '--batch-size', '128'], 1, folder)
    expect(alone.val_loss).toBeLessThan(1.5)
    expect(JSON.parse(readFileSync(join(to, 'output', 'metrics.ndjson'), 'utf8'))).toEqual(alone)
    expect(existsSync(join(to, 'output', 'trained.safetensors'))).toBe(true)
    const two = train(to, ['--epochs', '1', '--output', 'two', '--batch-size', '128'], 2)
    close(two.loss, alone.loss, 1e-4)
    close(two.val_loss, alone.val_loss, 1e-3)
  }, 900_000)

  test.each([
    ['resnet18', { input: [32, 32, 3], classes: 4 }],
    ['mobilenetV2', { input: [32, 32, 3], classes: 4, alpha: 0.35 }],
  ] as const)(
    '%s: the same outputs, and the same training on two processes',
    async (name, set) => {
      const data = pictures(`${name}.npz`, 40, [32, 32, 3])
      const settings = { epochs: 1, batchSize: 8, optimizer: 'sgd', learningRate: 0.001 } as const
      const { report, to } = await exported(name, template(name, set), data, settings, 2)
      expect(report.maxDifference).toBeLessThan(1e-5)
      // Without dropout, of which every process draws its own.
      const code = readFileSync(join(to, 'model.py'), 'utf8')
      writeFileSync(join(to, 'model.py'), code.replace(/nn\.Dropout\([\d.]*\)/, 'nn.Dropout(0)'))
      const alone = train(to, ['--output', 'alone', '--batch-size', '16'])
      const two = train(to, ['--output', 'two', '--batch-size', '16', '--sync-batch-norm'], 2)
      close(two.loss, alone.loss, 1e-3)
      // Trains on from where it was left.
      const more = train(to, ['--output', 'alone', '--batch-size', '16', '--epochs', '2', '--resume'])
      expect(more.loss).toBeLessThan(alone.loss)
      expect(
        readFileSync(join(to, 'alone', 'metrics.ndjson'), 'utf8')
          .trim()
          .split('\n'),
      ).toHaveLength(2)
      expect(readdirSync(join(to, 'alone')).toSorted()).toEqual([
        'checkpoint.pt',
        'metrics.ndjson',
        'trained.safetensors',
      ])
      const resume = ['--output', 'alone', '--resume']
      truncateSync(join(to, 'alone', 'checkpoint.pt'), 10_000)
      expect(() => train(to, resume)).toThrow(/checkpoint\.pt is damaged: .*\nDelete it and train without --resume/)
      rmSync(join(to, 'alone', 'checkpoint.pt'))
      expect(() => train(to, resume)).toThrow(/no checkpoint alone.checkpoint\.pt to go on from/)
    },
    300_000,
  )
})
