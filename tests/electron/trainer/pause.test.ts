import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TrainEvent } from '#shared/training/run'
import { readCheckpoint } from '../../../electron/trainer/checkpoint'
import { Gate } from '../../../electron/trainer/gate'
import { resumeTraining } from '../../../electron/trainer/resume'
import { readRun, readRunFile } from '../../../electron/trainer/runs'
import { runTraining } from '../../../electron/trainer/train'
import { logistic, project } from './networks'

let work = ''
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'netloom-pause-'))
})
afterAll(() => rmSync(work, { recursive: true }))

const WAIT = 1500
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const never = new AbortController().signal
const settings = project(logistic([28, 28, 1], 10), 'digits', { epochs: 3, batchSize: 480 })

/** Trains; closes the gate after a step and, once it waits, does `meanwhile`. */
async function train(id: string, pauseAfter: number, meanwhile: (gate: Gate, stop: () => void) => Promise<void>) {
  const [gate, stop, events] = [new Gate(), new AbortController(), [] as TrainEvent[]]
  const folder = join(work, id)
  const emit = (e: TrainEvent) => {
    events.push(e)
    if (e.kind === 'step' && e.step === pauseAfter) gate.close()
    if (e.kind === 'paused') void meanwhile(gate, () => stop.abort())
  }
  const result = await runTraining({ project: settings, engine: 'wasm', folder, id }, emit, stop.signal, gate)
  return { result, events, folder }
}

async function losses(folder: string) {
  const run = await readRun(folder)
  if (!run.ok) throw new Error(run.error.message)
  return run.value.steps.map((s) => s.loss)
}

test('a paused run waits with a checkpoint, its time stands still, and it goes on as if nothing had been', async () => {
  const whole = await train('whole', 0, async () => {})
  let meanwhile: unknown
  // The step after which it is asked to pause is known to be told: the last of an epoch always is.
  const { result, events, folder } = await train('paused', 10, async (gate) => {
    const [run, checkpoint] = [await readRunFile(join(work, 'paused')), await readCheckpoint(join(work, 'paused'))]
    meanwhile = { state: run.ok && run.value.state, step: checkpoint.ok && checkpoint.value.progress.step }
    await wait(WAIT)
    gate.open()
  })
  expect(meanwhile).toEqual({ state: 'paused', step: 10 })
  expect(result).toMatchObject({ ok: true, value: { state: 'completed', epochsDone: 3 } })
  const kinds = events.map((e) => e.kind)
  expect(kinds.indexOf('continued')).toBe(kinds.indexOf('paused') + 1)
  const [paused, continued] = [events.find((e) => e.kind === 'paused'), events.find((e) => e.kind === 'continued')]
  expect(paused).toMatchObject({ epoch: 1, step: 10 })
  expect((continued?.seconds ?? 0) - (paused?.seconds ?? 0)).toBeLessThan(WAIT / 1000 / 2)
  expect(await losses(folder)).toEqual(await losses(whole.folder))
})

test('a paused run can be stopped', async () => {
  const { result, events, folder } = await train('stopped', 10, async (_gate, stop) => stop())
  expect(result).toMatchObject({ ok: true, value: { state: 'stopped' } })
  expect(events.map((e) => e.kind)).not.toContain('continued')
  expect(await resumeTraining(folder, () => {}, never)).toMatchObject({ ok: true, value: { state: 'completed' } })
  expect(await losses(folder)).toEqual(await losses(join(work, 'whole')))
})

test('what was killed while paused loses nothing: it resumes at the step after which it waited', async () => {
  const lost = join(work, 'lost')
  await train('killed', 20, async (gate) => {
    // What lies on the disk while it waits is what a killed process leaves.
    cpSync(join(work, 'killed'), lost, { recursive: true })
    gate.open()
  })
  const told: number[] = []
  const alive = await resumeTraining(lost, () => {}, never)
  expect(alive).toMatchObject({ ok: false, error: { message: expect.stringContaining('is paused') } })
  const file = join(lost, 'run.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"pid": \d+/, '"pid": 99999999'))
  const emit = (e: TrainEvent) => e.kind === 'step' && told.push(e.step)
  expect(await resumeTraining(lost, emit, never)).toMatchObject({ ok: true, value: { state: 'completed' } })
  expect(told[0]).toBe(21)
  expect(await losses(lost)).toEqual(await losses(join(work, 'whole')))
})
