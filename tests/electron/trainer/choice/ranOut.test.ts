import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TrainEvent } from '#shared/training/run'
import { explainRanOut } from '../../../../electron/trainer/choice/ranOut'
import { keyOf, ranOut } from '../../../../electron/trainer/choice/remembered'
import { createTrainer } from '../../../../electron/trainer/client'
import { deathOf } from '../../../../electron/trainer/death'
import { listRuns } from '../../../../electron/trainer/runs'
import { runTraining } from '../../../../electron/trainer/train'
import { project, smallCnn } from '../networks'

const folder = mkdtempSync(join(tmpdir(), 'netloom-ran-out-'))
const before = process.env.NETLOOM_ENGINES
beforeAll(() => {
  process.env.NETLOOM_ENGINES = join(folder, 'engines')
})
afterAll(() => {
  if (before === undefined) delete process.env.NETLOOM_ENGINES
  else process.env.NETLOOM_ENGINES = before
  rmSync(folder, { recursive: true })
})
const file = join(folder, 'engines', 'measurements.json')
const p = project(smallCnn([28, 28, 1], 10), 'digits', { epochs: 1 })

/** A run that stands as its process left it when the system ended it. */
async function broken(id: string): Promise<string> {
  const runs = join(folder, 'runs', id)
  await runTraining({ project: p, engine: 'wasm', folder: runs, id }, () => {}, AbortSignal.abort())
  const run = JSON.parse(readFileSync(join(runs, 'run.json'), 'utf8'))
  writeFileSync(join(runs, 'run.json'), JSON.stringify({ ...run, state: 'running', pid: 2 ** 22 }))
  return runs
}

const said =
  /^Memory ran out: the engine wasm trained with a batch of 64, for which [\d.e+]+ GB were expected\. Use a batch of 32 or less\./

test('a run that ran out of memory names the batch that may do, keeps that, and has the engine passed over', async () => {
  const run = await broken('one')
  expect(await explainRanOut(run)).toMatch(said)
  const [kept] = await listRuns(join(folder, 'runs'))
  expect(kept).toMatchObject({ state: 'failed', error: expect.stringMatching(said) })
  const { network } = keyOf(p, [])
  expect([...ranOut(file, { network }, 1)]).toEqual([['wasm', expect.stringMatching(said)]])
  // It is no run under way any more.
  expect(await explainRanOut(run)).toBeNull()
})

test('the process of a run whose memory is full tells so where its failure is told', async () => {
  const run = await broken('two')
  const dying = join(folder, 'dying.mjs')
  writeFileSync(
    dying,
    "process.on('message', () => { console.error('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'); process.abort() })\n",
  )
  const events: TrainEvent[] = []
  const result = await createTrainer({ entry: dying }).resume(run, (e) => events.push(e)).done
  expect(result).toMatchObject({ ok: false, error: { code: 'outOfMemory', message: expect.stringMatching(said) } })
  expect(events).toEqual([{ kind: 'failed', message: expect.stringMatching(said) }])
})

test('a process that the system ended for its memory is told from one that somebody ended', () => {
  const killed = { code: null, signal: 'SIGKILL', printed: '' } as const
  expect(deathOf({ ...killed, forMemory: true }).code).toBe('outOfMemory')
  expect(deathOf({ ...killed, forMemory: false }).code).toBe('crashed')
  expect(deathOf({ code: 134, signal: null, printed: 'Error: std::bad_alloc', forMemory: false }).code).toBe(
    'outOfMemory',
  )
})
