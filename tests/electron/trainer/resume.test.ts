import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OptimizerType } from '#shared/training/optimizers'
import { resumeTraining } from '../../../electron/trainer/resume'
import { newRunId, readRun, readRunFile, summarize } from '../../../electron/trainer/runs'
import { readSafetensors } from '../../../electron/trainer/safetensors'
import { runTraining } from '../../../electron/trainer/train'
import { project, tinyCnn } from './networks'

let work = ''
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'netloom-resume-'))
})
afterAll(() => rmSync(work, { recursive: true }))

const never = new AbortController().signal
const settings = (optimizer: OptimizerType) =>
  project(tinyCnn([28, 28, 1], 10), 'digits', { epochs: 3, batchSize: 480, optimizer, learningRate: 0.01 })

/** The curves without the times and what memory was held. */
async function curves(folder: string) {
  const run = await readRun(folder)
  if (!run.ok) throw new Error(run.error.message)
  const { steps, epochs, confusion, started } = run.value
  return {
    started,
    confusion,
    steps: steps.map(({ seconds: _, samplesPerSecond: __, memory: ___, ...e }) => e),
    epochs: epochs.map(({ seconds: _, memory: __, ...e }) => e),
  }
}

async function train(folder: string, optimizer: OptimizerType, stopAt = Number.POSITIVE_INFINITY) {
  const stop = new AbortController()
  const job = { project: settings(optimizer), engine: 'wasm', folder, id: 'run' } as const
  return runTraining(job, (e) => e.kind === 'step' && e.step >= stopAt && stop.abort(), stop.signal)
}

test.each(['adam', 'sgd'] as const)(
  '%s: a run that was stopped twice has the curve of one that never was',
  async (optimizer) => {
    const [whole, parts] = [join(work, `${optimizer}-whole`), join(work, `${optimizer}-parts`)]
    await train(whole, optimizer)
    expect(await train(parts, optimizer, 4)).toMatchObject({ ok: true, value: { state: 'stopped', epochsDone: 0 } })
    const stop = new AbortController()
    const again = await resumeTraining(parts, (e) => e.kind === 'step' && e.step >= 14 && stop.abort(), stop.signal)
    expect(again).toMatchObject({ ok: true, value: { state: 'stopped' } })
    expect(await resumeTraining(parts, () => {}, never)).toMatchObject({
      ok: true,
      value: { state: 'completed', epochsDone: 3 },
    })
    expect(await curves(parts)).toEqual(await curves(whole))
    const kept = (folder: string) => {
      const file = readSafetensors(readFileSync(join(folder, 'checkpoints', 'last.safetensors')))
      return file.ok ? file.value.arrays : file.error
    }
    expect(kept(parts)).toEqual(kept(whole))
    expect(await resumeTraining(parts, () => {}, never)).toMatchObject({
      ok: false,
      error: { message: 'The run run is complete: all 3 epochs are done.' },
    })
  },
)

test('what was written after the last checkpoint happens again', async () => {
  const [whole, lost] = [join(work, 'sgd-whole'), join(work, 'lost')]
  await train(lost, 'sgd', 4)
  const early = join(work, 'early')
  cpSync(lost, early, { recursive: true })
  // As if killed: the curves are ahead of the checkpoint, the process is gone, and a line is cut.
  await resumeTraining(lost, () => {}, never)
  cpSync(join(early, 'checkpoints'), join(lost, 'checkpoints'), { recursive: true })
  const file = join(lost, 'run.json')
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replace('"completed"', '"running"')
      .replace(/"pid": \d+/, '"pid": 99999999'),
  )
  writeFileSync(join(lost, 'metrics.ndjson'), `${readFileSync(join(lost, 'metrics.ndjson'), 'utf8')}{"kind":"st`)
  const run = await readRun(lost)
  expect(run.ok && run.value.summary.state).toBe('failed')
  expect(await resumeTraining(lost, () => {}, never)).toMatchObject({ ok: true, value: { state: 'completed' } })
  expect(await curves(lost)).toEqual(await curves(whole))
})

test('a checkpoint that was cut short is a clear message', async () => {
  const folder = join(work, 'cut')
  await train(folder, 'sgd', 3)
  truncateSync(join(folder, 'checkpoints', 'last.safetensors'), 3000)
  const result = await resumeTraining(folder, () => {}, never)
  expect(result).toMatchObject({
    ok: false,
    error: { code: 'notFound', message: expect.stringContaining('cut short') },
  })
  expect(await resumeTraining(join(work, 'nowhere'), () => {}, never)).toMatchObject({
    ok: false,
    error: { code: 'notFound' },
  })
})

test('a run that was begun before the last start of the system is under way where it was resumed since', async () => {
  const run = await readRunFile(join(work, 'sgd-whole'))
  if (!run.ok) throw new Error(run.error.message)
  const running = { ...run.value, state: 'running', pid: process.pid, startedAt: '2001-01-01T00:00:00.000Z' } as const
  expect(summarize(running).state).toBe('failed')
  expect(summarize({ ...running, resumedAt: new Date().toISOString() }).state).toBe('running')
})

test('a run whose process is gone is not under way, though another has its number by now', async () => {
  const run = await readRunFile(join(work, 'sgd-whole'))
  if (!run.ok) throw new Error(run.error.message)
  // Those of this process, which trained it.
  const { pid, processStart } = run.value
  expect(pid).toBe(process.pid)
  const running = { ...run.value, state: 'running' } as const
  expect(summarize(running).state).toBe('running')
  if (process.platform === 'linux') expect(processStart).toMatch(/^\d+$/)
  if (processStart !== undefined)
    expect(summarize({ ...running, processStart: 'another' })).toMatchObject({ state: 'failed' })
})

test('a run that cannot be prepared again stays what it was', async () => {
  const folder = join(work, 'unprepared')
  await train(folder, 'sgd', 3)
  const file = join(folder, 'run.json')
  const text = readFileSync(file, 'utf8').replaceAll('digits', 'nothing')
  writeFileSync(file, text)
  expect(await resumeTraining(folder, () => {}, never)).toMatchObject({ ok: false, error: { code: 'invalidData' } })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(text))
})

test('runs that begin in the same second have folders of their own', () => {
  const now = new Date()
  expect(new Set(Array.from({ length: 20 }, () => newRunId('LeNet-5', now))).size).toBe(20)
})
