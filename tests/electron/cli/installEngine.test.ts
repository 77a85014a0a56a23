import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import { trainEventSchema } from '#shared/training/run'
import { findTensorflow } from '../../../electron/engineInstall/findTensorflow'
import { netloom } from './netloom'

/** A TensorFlow of Python to build the engine for: the one named, else that of the Python on the search path. */
const named = process.env.NETLOOM_TENSORFLOW
const found = await findTensorflow(named, new AbortController().signal)
const compiler = spawnSync(process.env.CXX ?? 'c++', ['--version']).status === 0
const lacking = !found.ok ? 'no Python here has TensorFlow; name one in NETLOOM_TENSORFLOW' : 'there is no C++ compiler'
const possible = found.ok && compiler
const skipped = possible ? '' : ` (skipped: ${lacking})`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-engine-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: string[]) => netloom(args, { cwd: folder, env: { NETLOOM_ENGINES: join(folder, 'engines') } })

/** Logistic regression on the digits. */
function logistic(): string {
  const b = new Builder()
  b.layer('softmax', {}, b.layer('dense', { units: 10 }, b.layer('flatten', {}, b.input([28, 28, 1]))))
  return serializeProject({ name: 'Logistic', graph: b.build(), training: defaultTraining, data: 'digits' })
}

/** The losses of the steps that were reported, and of the epoch in training and validation. */
async function losses(network: string, engine: string): Promise<ReadonlyMap<string, number>> {
  const settings = ['--epochs', '1', '--batch-size', '256', '--optimizer', 'sgd', '--learning-rate', '0.02']
  const trained = await run('train', network, '--data', 'digits', '--engine', engine, ...settings, '--json')
  expect(trained.stderr).toBe('')
  // The last line is the summary of the run, not an event.
  const lines = trained.stdout.trim().split('\n').slice(0, -1)
  const events = lines.map((line) => trainEventSchema.parse(JSON.parse(line)))
  expect(events.find((e) => e.kind === 'started')).toMatchObject({ engine })
  const found = new Map<string, number>()
  for (const e of events) {
    if (e.kind === 'step') found.set(`step ${e.step}`, e.loss ?? Number.NaN)
    if (e.kind === 'epoch') {
      found.set('epoch', e.loss ?? Number.NaN)
      found.set('validation', e.valLoss ?? Number.NaN)
    }
  }
  return found
}

describe.skipIf(!possible)(`the engine tensorflow, from nothing${skipped}`, () => {
  test('is installed by one command, tested, and listed', async () => {
    const from = named === undefined ? [] : ['--from', named]
    const installed = await run('engines', 'install', 'tensorflow', ...from)
    expect(installed.stderr).toBe('')
    expect(installed.stdout).toMatch(
      /TensorFlow 2\.\d+\.\d+ is installed in .* and computes rightly on the [CG]PU\.\n$/,
    )
    expect(readdirSync(join(folder, 'engines'))).toEqual(['tensorflow'])
    const listed = JSON.parse((await run('engines', '--json')).stdout)
    expect(listed[0]).toMatchObject({ name: 'tensorflow', available: true, installed: true })
    expect((await run('engines', 'test', 'tensorflow')).stdout).toMatch(/^tensorflow 2\.\d+\.\d+ computes rightly on/)
  }, 300_000)

  test.each(['logistic.netloom', 'lenet5'])(
    'trains %s with the losses of the built-in engine',
    async (network) => {
      if (network.endsWith('.netloom')) writeFileSync(join(folder, network), logistic())
      const [own, reference] = [await losses(network, 'tensorflow'), await losses(network, 'onnx')]
      // Not every step is reported: which ones, time decides.
      const shared = [...reference].filter(([name]) => own.has(name))
      expect(shared.map(([name]) => name)).toEqual(expect.arrayContaining(['epoch', 'validation']))
      for (const [name, loss] of shared)
        expect(Math.abs((own.get(name) ?? Number.NaN) - loss) / loss).toBeLessThan(1e-3)
    },
    180_000,
  )

  test('a TensorFlow that is gone makes it broken, not the command', async () => {
    const file = join(folder, 'engines', 'tensorflow', 'engine.json')
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, JSON.stringify({ ...JSON.parse(whole), libraries: ['/gone/libtensorflow.so.2'] }))
    expect((await run('engines')).stdout).toMatch(
      /tensorflow +The library \/gone\/libtensorflow\.so\.2 of TensorFlow is not/,
    )
    expect((await run('engines', 'test', 'tensorflow')).code).toBe(1)
    writeFileSync(file, whole)
  })

  test('is removed', async () => {
    expect((await run('engines', 'remove', 'tensorflow')).stdout).toBe('The engine tensorflow is removed.\n')
    expect(readdirSync(join(folder, 'engines'))).toEqual([])
  })
})

test('engines that cannot be installed this way are refused before anything is done', async () => {
  const refused = await run('engines', 'install', 'onnx')
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('Only tensorflow is installed this way.')
})
