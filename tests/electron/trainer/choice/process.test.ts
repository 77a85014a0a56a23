import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { infer } from '#shared/graph/infer'
import { serializeProject } from '#shared/project/serialize'
import type { TrainEvent } from '#shared/training/run'
import { choose, type Measure } from '../../../../electron/trainer/choice/choose'
import { createTrainer } from '../../../../electron/trainer/client'
import { runFileSchema } from '../../../../electron/trainer/runFile'
import { type BuiltTrainer, buildTrainer } from '../builtTrainer'
import { project, tinyCnn } from '../networks'

let built: BuiltTrainer
beforeAll(async () => {
  built = await buildTrainer()
  vi.stubEnv('NETLOOM_ENGINES', join(built.folder, 'engines'))
})
afterAll(() => {
  vi.unstubAllEnvs()
  built.remove()
})

const network = (epochs: number) => project(tinyCnn([28, 28, 1], 10), 'digits', { epochs })

test('a run is planned by measuring real engines, and begins as planned', async () => {
  const planned = await built.trainer.plan({ project: network(2000), engine: 'auto', measureAgain: false }).done
  if (!planned.ok) throw new Error(planned.error.message)
  const { available, engine, largestBatch, memory, remembered, secondsPerEpoch, trials } = planned.value
  expect(trials.find((t) => t.engine === engine)).toMatchObject({ outcome: 'measured' })
  expect(trials.map((t) => t.outcome)).not.toContain('differs')
  expect(secondsPerEpoch).toBeGreaterThan(0)
  expect(memory).toBeGreaterThan(30e6)
  expect(memory).toBeLessThan(available)
  expect(largestBatch).toBe(4800)
  expect(remembered).toBe(false)

  const events: TrainEvent[] = []
  const folder = join(built.folder, 'run')
  const handle = built.trainer.train({ project: network(2000), engine: 'auto', folder, id: 'run' }, (e) => {
    events.push(e)
    if (e.kind === 'step') handle.stop()
  })
  expect(await handle.done).toMatchObject({ ok: true, value: { state: 'stopped', engine } })
  const started = events.find((e) => e.kind === 'started')
  // Nothing is measured twice.
  expect(events[0]).toBe(started)
  expect(started?.plan).toMatchObject({ engine, remembered: true, trials })
  const run = runFileSchema.parse(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')))
  expect(run.plan).toEqual(started?.plan)
}, 240_000)

test('a short run begins without measuring', async () => {
  const events: TrainEvent[] = []
  const folder = join(built.folder, 'short')
  const job = { project: network(1), engine: 'auto', folder, id: 'short', measureAgain: true } as const
  expect(await built.trainer.train(job, (e) => events.push(e)).done).toMatchObject({ ok: true })
  expect(events[0]).toMatchObject({ kind: 'started', plan: { secondsPerEpoch: null } })
}, 180_000)

test('an engine whose process dies is a reason, and the next one computes', async () => {
  const crashing = join(built.folder, 'crashing.js')
  writeFileSync(crashing, "process.on('message', () => process.kill(process.pid, 'SIGKILL'))\n")
  const dying = createTrainer({ entry: crashing }).measure
  const measure: Measure = (engine, subject) => (engine === 'onnx' ? dying : built.trainer.measure)(engine, subject)
  const p = network(2000)
  const found = await choose(
    {
      project: p,
      inference: infer(p.graph),
      engine: 'auto',
      engines: (['onnx', 'wasm'] as const).map((name) => ({ name, version: '', available: true })),
      subject: { project: serializeProject(p), inputShape: [28, 28, 1], targetSize: 10, classes: true },
      samples: 10_000_000,
      free: 4e9,
      again: false,
      always: false,
      signal: new AbortController().signal,
      tell: () => {},
    },
    { measure, file: join(built.folder, 'other', 'measurements.json') },
  )
  expect(found.engines.onnx).toMatchObject({ reason: expect.stringContaining('SIGKILL') })
  expect(found.engines.wasm).toMatchObject({ loss: expect.any(Number), stepSeconds: expect.any(Number) })
}, 180_000)

test('a measurement that waits for its turn ends with whoever has begun it', async () => {
  const p = network(2)
  const child = fork(join(built.folder, 'trainer.js'), [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const subject = {
    ...{ project: serializeProject(p), inputShape: [28, 28, 1], targetSize: 10, classes: true },
    ...{ batch: 8, compared: 4, warm: true, checked: false },
  }
  const ended = once(child, 'exit')
  child.send({ kind: 'measure', engine: 'wasm', subject })
  expect(await once(child, 'message')).toMatchObject([{ kind: 'ready' }, undefined])
  child.disconnect()
  expect(await ended).toEqual([0, null])
}, 60_000)

test('a network that cannot be built, and a batch that no memory holds, are told before anything is measured', async () => {
  const plan = (p: ReturnType<typeof network>) =>
    built.trainer.plan({ project: p, engine: 'auto', measureAgain: false }).done
  expect(await plan({ ...network(1), data: 'spirals' })).toMatchObject({ ok: false, error: { code: 'invalidData' } })
  const huge = await plan(project(tinyCnn([28, 28, 1], 10), 'digits', { batchSize: 2_000_000_000 }))
  expect(huge).toMatchObject({ ok: false, error: { code: 'invalidProject' } })
  expect(!huge.ok && huge.error.message).toMatch(
    /^A batch of 2000000000 samples does not fit into memory: it takes [\d.e+]+ GB at least, and [\d.]+ GB are free\. Use a batch of \d+ or less\.$/,
  )
}, 180_000)
