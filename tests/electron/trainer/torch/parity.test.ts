import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { defaultTraining } from '#shared/training/config'
import { compile } from '../../../../electron/trainer/compile'
import { makeBatches, readBatch } from '../../../../electron/trainer/data/batch'
import { openData } from '../../../../electron/trainer/data/open'
import { wasm } from '../../../../electron/trainer/engines/wasm/wasm'
import { Model } from '../../../../electron/trainer/model'
import { pythonWith } from '../../python'

const python = pythonWith('torch')
const skipped = python ? '' : ' (skipped: no Python here can import torch; name one in NETLOOM_PYTHON)'

const [STEPS, BATCH] = [20, 16]

function network() {
  const b = new Builder()
  let x = b.input([28, 28, 1])
  x = b.layer('conv2d', { filters: 8, activation: 'relu' }, x, { id: 'conv1' })
  x = b.layer('maxPooling2d', {}, x)
  x = b.layer('conv2d', { filters: 12, strides: [2, 2], padding: 'valid', activation: 'tanh' }, x, { id: 'conv2' })
  b.layer('dense', { units: 10, activation: 'softmax' }, b.layer('flatten', {}, x), { id: 'out' })
  return b.build()
}

describe.skipIf(!python)(`the same small CNN, from the same weights and batches, as in PyTorch${skipped}`, () => {
  test.each([
    { optimizer: 'sgd', learningRate: 0.05 },
    { optimizer: 'adam', learningRate: 0.002 },
  ] as const)('$optimizer: the losses of 20 steps agree to 1e-4', async ({ optimizer, learningRate }) => {
    expect((await wasm.load()).ok).toBe(true)
    const data = await openData('digits')
    const compiled = compile(network())
    if (!data.ok || !compiled.ok) throw new Error('The network or the digits could not be made.')
    const model = new Model(compiled.value, wasm, { ...defaultTraining, optimizer, learningRate })
    model.initialize()
    const weights = Object.fromEntries(
      [...model.weights()].map(([name, w]) => [name, { values: [...w.values], shape: w.shape }]),
    )
    const arrays = makeBatches(data.value, BATCH)
    const batches: { x: number[]; y: number[] }[] = []
    const ours: number[] = []
    for (let step = 0; step < STEPS; step++) {
      const indices = Uint32Array.from({ length: BATCH }, (_, i) => (step * BATCH + i) * 7)
      const { x, y } = await readBatch(data.value, indices, arrays)
      batches.push({ x: [...x], y: [...y] })
      ours.push(model.trainStep(x, y, BATCH, learningRate).loss)
    }
    model.dispose()
    const folder = mkdtempSync(join(tmpdir(), 'netloom-torch-'))
    try {
      const job = join(folder, 'job.json')
      const { momentum } = defaultTraining
      writeFileSync(
        job,
        JSON.stringify({ weights, batches, optimizer, learningRate, momentum, inputShape: [28, 28, 1] }),
      )
      const script = join(import.meta.dirname, 'losses.py')
      const theirs = JSON.parse(execFileSync(python ?? '', [script, job], { encoding: 'utf8' })) as number[]
      expect(theirs).toHaveLength(STEPS)
      theirs.forEach((loss, i) => {
        expect(Math.abs(loss - (ours[i] ?? Number.NaN)), `step ${i + 1}: ${loss} and ${ours[i]}`).toBeLessThan(1e-4)
      })
      expect(theirs.at(-1)).toBeLessThan(theirs[0] ?? 0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
