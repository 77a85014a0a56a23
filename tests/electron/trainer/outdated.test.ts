import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { note } from '#shared/training/notes'
import type { TrainEvent } from '#shared/training/run'
import { wasm } from '../../../electron/trainer/engines/wasm/wasm'
import { resumeTraining } from '../../../electron/trainer/resume'
import { readRunFile } from '../../../electron/trainer/runs'
import { runTraining } from '../../../electron/trainer/train'
import { logistic, project } from './networks'

const work = mkdtempSync(join(tmpdir(), 'netloom-outdated-'))
afterAll(() => rmSync(work, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

const digits = project(logistic([28, 28, 1], 10), 'digits', { epochs: 2, batchSize: 480 })

/** The notes of all that is told. */
async function notesOf(outdated: boolean, folder: string) {
  const info = await wasm.probe()
  vi.spyOn(wasm, 'probe').mockResolvedValue({ ...info, ...(outdated && { outdated }) })
  const stop = new AbortController()
  const events: TrainEvent[] = []
  const job = { project: digits, engine: 'wasm', folder, id: 'run' } as const
  const emit = (e: TrainEvent) => {
    events.push(e)
    if (e.kind === 'step' && e.step === 1) stop.abort()
  }
  expect(await runTraining(job, emit, stop.signal)).toMatchObject({ ok: true, value: { state: 'stopped' } })
  const resumed = await resumeTraining(folder, (e) => events.push(e), new AbortController().signal)
  expect(resumed).toMatchObject({ ok: true, value: { state: 'completed' } })
  return events.flatMap((e) => ('notes' in e && e.notes) || [])
}

test('a run says once that its engine was installed by another version, and not of its data', async () => {
  const folder = join(work, 'outdated')
  expect(await notesOf(true, folder)).toEqual([note('engineOutdated', { engine: 'wasm' })])
  const run = await readRunFile(folder)
  expect(run.ok && run.value.samples.preprocessing).not.toContain('another version')
})

test('it says nothing of one that is current', async () => {
  expect(await notesOf(false, join(work, 'current'))).toEqual([])
})
