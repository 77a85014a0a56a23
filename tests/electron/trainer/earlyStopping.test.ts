import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TrainingConfig } from '#shared/training/config'
import { createRandom } from '#shared/training/random'
import type { TrainEvent } from '#shared/training/run'
import { hasWaited, improves } from '../../../electron/trainer/earlyStopping'
import { evaluateRun } from '../../../electron/trainer/evaluateRun'
import { resumeTraining } from '../../../electron/trainer/resume'
import { readRun } from '../../../electron/trainer/runs'
import { runTraining } from '../../../electron/trainer/train'
import { mlp, project } from './networks'

let work = ''
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'netloom-early-'))
  // Targets that have nothing to do with the inputs: what is learned is the training part by heart.
  const random = createRandom(8)
  const rows = Array.from({ length: 40 }, () => Array.from({ length: 6 }, () => random.normal()).join(','))
  writeFileSync(join(work, 'noise.csv'), rows.join('\n'))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

const never = new AbortController().signal
const noise = (training: Partial<TrainingConfig>) =>
  project(mlp(5, 1, 32), `csv:${join(work, 'noise.csv')}?task=numbers`, {
    loss: 'meanSquaredError',
    validationSplit: 0.5,
    batchSize: 10,
    learningRate: 0.02,
    epochs: 40,
    ...training,
  })

async function train(id: string, training: Partial<TrainingConfig>, stopAt = Number.POSITIVE_INFINITY) {
  const events: TrainEvent[] = []
  const stop = new AbortController()
  const emit = (e: TrainEvent) => {
    events.push(e)
    if (e.kind === 'step' && e.step >= stopAt) stop.abort()
  }
  const folder = join(work, id)
  const job = { project: noise(training), engine: 'wasm', folder, id } as const
  const result = await runTraining(job, emit, stop.signal)
  return { result, folder, finished: events.at(-1) }
}

async function curve(folder: string) {
  const run = await readRun(folder)
  if (!run.ok) throw new Error(run.error.message)
  return run.value.epochs.map((e) => e.valLoss ?? Number.POSITIVE_INFINITY)
}
const bestOf = (losses: readonly number[]) => losses.indexOf(Math.min(...losses)) + 1

test('a fall is a fall; no number is none', () => {
  expect(improves({ best: null }, 3)).toBe(true)
  expect(improves({ best: { epoch: 1, loss: 3 } }, 3)).toBe(false)
  expect(improves({ best: { epoch: 1, loss: 3 } }, null)).toBe(false)
  expect(hasWaited({ patience: 2 }, { epoch: 4, best: { epoch: 2, loss: 1 } })).toBe(true)
  expect(hasWaited({ patience: 2 }, { epoch: 3, best: { epoch: 2, loss: 1 } })).toBe(false)
  expect(hasWaited({ patience: 2 }, { epoch: 2, best: null })).toBe(true)
  expect(hasWaited({ patience: 0 }, { epoch: 900, best: { epoch: 2, loss: 1 } })).toBe(false)
})

test('training ends when the validation loss has not fallen for so many epochs', async () => {
  const { result, folder, finished } = await train('patient', { patience: 4 })
  const losses = await curve(folder)
  expect(losses.length).toBeLessThan(40)
  expect(losses.length).toBe(bestOf(losses) + 4)
  expect(finished).toMatchObject({ kind: 'finished', reason: 'stoppedEarly', epoch: losses.length })
  expect(finished).not.toHaveProperty('restored')
  expect(result).toMatchObject({ ok: true, value: { state: 'completed', valLoss: losses.at(-1) } })
  expect(existsSync(join(folder, 'checkpoints', 'best.safetensors'))).toBe(false)
  const again = await resumeTraining(folder, () => {}, never)
  expect(again.ok ? '' : again.error.message).toContain(`stopped early, after ${losses.length} of 40 epochs`)
})

test('the best weights come back, also when the last epoch is reached', async () => {
  for (const [id, patience] of [
    ['restored', 4],
    ['whole', 0],
  ] as const) {
    const { result, folder, finished } = await train(id, { patience, restoreBest: true })
    const losses = await curve(folder)
    expect(finished).toMatchObject({
      reason: patience > 0 ? 'stoppedEarly' : 'completed',
      restored: bestOf(losses),
      epoch: losses.length,
    })
    expect(bestOf(losses)).toBeLessThan(losses.length)
    expect(result.ok && result.value.valLoss).toBe(Math.min(...losses))
    expect(result.ok && result.value.epochsDone).toBe(losses.length)
    // What is kept in the folder is the best network.
    const report = await evaluateRun(folder, { part: 'validation' })
    expect(report.ok && report.value.loss).toBeCloseTo(Math.min(...losses), 6)
  }
})

test('a run that was stopped on the way waits and restores as one that never was', async () => {
  const whole = await curve(join(work, 'restored'))
  // In the second epoch after the best one, and before the patience ends.
  const { folder, result } = await train('parts', { patience: 4, restoreBest: true }, 2 * (bestOf(whole) + 1) + 1)
  expect(result).toMatchObject({ ok: true, value: { state: 'stopped' } })
  const events: TrainEvent[] = []
  const again = await resumeTraining(folder, (e) => events.push(e), never)
  expect(again.ok && again.value.valLoss).toBe(Math.min(...whole))
  expect(events.at(-1)).toMatchObject({ reason: 'stoppedEarly', restored: bestOf(whole), epoch: whole.length })
  expect(await curve(folder)).toEqual(whole)
})

test('without samples to validate on there is nothing to go by', async () => {
  for (const training of [{ patience: 3 }, { restoreBest: true }]) {
    const { result } = await train('blind', { ...training, validationSplit: 0 })
    expect(result.ok ? '' : result.error.message).toContain('no samples are held out')
  }
})

test('the rate goes down to a tenth when the validation loss stops falling, also over a stop', async () => {
  const settings = { schedule: 'reduceOnPlateau', plateauPatience: 2, epochs: 14 } as const
  const { folder, result } = await train('plateau', settings, 15)
  expect(result).toMatchObject({ ok: true, value: { state: 'stopped' } })
  expect(await resumeTraining(folder, () => {}, never)).toMatchObject({ ok: true, value: { state: 'completed' } })
  const run = await readRun(folder)
  if (!run.ok) throw new Error(run.error.message)
  const losses = await curve(folder)
  // Counted from the curve: two epochs without a new lowest value, since the last fall or the last plateau.
  let [lowest, since, rate] = [Number.POSITIVE_INFINITY, 0, 0.02]
  losses.forEach((loss, i) => {
    const rates = run.value.steps.filter((s) => s.epoch === i + 1).map((s) => s.learningRate ?? Number.NaN)
    expect(rates).toHaveLength(2)
    for (const r of rates) expect(r).toBeCloseTo(rate, 12)
    if (loss < lowest) [lowest, since] = [loss, i + 1]
    else if (i + 1 - since >= 2) [rate, since] = [rate / 10, i + 1]
  })
  expect(rate).toBeLessThan(0.02)
})

test('a schedule by the validation loss needs samples to validate on', async () => {
  const { result } = await train('blind', { schedule: 'reduceOnPlateau', validationSplit: 0 })
  expect(result.ok ? '' : result.error.message).toContain('no samples are held out')
})
