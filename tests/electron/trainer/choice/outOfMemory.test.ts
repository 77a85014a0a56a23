import { fork } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { TrainEvent } from '#shared/training/run'
import { createTrainer } from '../../../../electron/trainer/client'
import { runFileSchema } from '../../../../electron/trainer/runFile'
import { type BuiltTrainer, buildTrainer } from '../builtTrainer'
import { project, smallCnn, tinyCnn } from '../networks'

let built: BuiltTrainer
beforeAll(async () => {
  built = await buildTrainer()
  vi.stubEnv('NETLOOM_ENGINES', join(built.folder, 'engines'))
})
afterAll(() => {
  vi.unstubAllEnvs()
  built.remove()
})

const runOf = (folder: string) => runFileSchema.parse(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')))
const said = (batch: number) =>
  new RegExp(
    `^Memory ran out: the engine onnx trained with a batch of ${batch}, for which [\\d.]+ GB were expected\\. Use a batch of ${batch / 2} or less\\. Checkpoints that were written remain\\.$`,
  )

/** A trainer for which the count of processes that the system has ended is kept in a file of ours. */
function counting(name: string) {
  const vmstat = join(built.folder, name)
  const count = (ended: number) => writeFileSync(vmstat, `pgfault 12\noom_kill ${ended}\nnuma_hit 3\n`)
  count(3)
  return { trainer: createTrainer({ entry: join(built.folder, 'trainer.js'), vmstat }), count }
}

/** Trains until the second epoch is under way, and then ends the process as the system does. */
async function killed(folder: string, count: (ended: number) => void, trainer = built.trainer) {
  const p = project(tinyCnn([28, 28, 1], 10), 'digits', { epochs: 2 })
  const events: TrainEvent[] = []
  const handle = trainer.train({ project: p, engine: 'auto', folder, id: 'run' }, (event) => {
    events.push(event)
    if (event.kind !== 'step' || event.epoch !== 2) return
    count(4)
    process.kill(runOf(folder).pid, 'SIGKILL')
  })
  return { p, events, result: await handle.done }
}

describe('a training process that the system ends for its memory', () => {
  test('is told with a batch to try, loses nothing, and has the next engine taken', async () => {
    const folder = join(built.folder, 'ended')
    const { count, trainer } = counting('vmstat')
    const { events, p, result } = await killed(folder, count, trainer)
    const error = { code: 'outOfMemory', message: expect.stringMatching(said(64)) }
    expect(result).toEqual({ ok: false, error })
    expect(events.at(-1)).toEqual({ kind: 'failed', message: error.message })
    expect(runOf(folder)).toMatchObject({ state: 'failed', error })

    const planned = await trainer.plan({ project: p, engine: 'auto', measureAgain: false }).done
    if (!planned.ok) throw new Error(planned.error.message)
    expect(planned.value.engine).toBe('wasm')
    expect(planned.value.trials.slice(0, 2)).toMatchObject([
      { engine: 'onnx', outcome: 'failed', reason: error.message },
      { engine: 'wasm', outcome: 'measured' },
    ])

    const resumed = await trainer.resume(folder, () => {}).done
    expect(resumed).toMatchObject({ ok: true, value: { state: 'completed', epochsDone: 2 } })
    const kept = readFileSync(join(folder, 'metrics.ndjson'), 'utf8').trim().split('\n')
    const steps = kept.map((line) => JSON.parse(line)).filter((event) => event.kind === 'step')
    expect(steps.map((step) => step.step)).toEqual(steps.map((_, i) => i + 1))
    expect(steps).toHaveLength(2 * 75)
  }, 240_000)

  test('is told from one that a person has ended by the count alone', async () => {
    const { result } = await killed(join(built.folder, 'by-hand'), () => {}, counting('same').trainer)
    expect(result).toMatchObject({ ok: false, error: { code: 'crashed', message: expect.stringContaining('SIGKILL') } })
  }, 180_000)
})

test.skipIf(process.platform !== 'linux')(
  'a batch for which memory cannot be had fails with the batch to try, which a smaller one then trains in the same room',
  async () => {
    // Addresses, most of which WebAssembly only reserves.
    const confined = join(built.folder, 'confined.sh')
    writeFileSync(confined, `#!/bin/sh\nulimit -v 14000000\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 })
    const trainer = createTrainer({
      entry: join(built.folder, 'trainer.js'),
      fork: (entry) => fork(entry, [], { execPath: confined, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }),
    })
    const train = (batchSize: number) => {
      const p = project(smallCnn([28, 28, 1], 10), 'digits', { batchSize, epochs: 1, validationSplit: 0 })
      const folder = join(built.folder, `batch-${batchSize}`)
      return trainer.train({ project: p, engine: 'onnx', folder, id: 'run' }, () => {}).done
    }
    const large = await train(4096)
    expect(large).toEqual({ ok: false, error: { code: 'outOfMemory', message: expect.stringMatching(said(4096)) } })
    expect(runOf(join(built.folder, 'batch-4096'))).toMatchObject({ state: 'failed', error: { code: 'outOfMemory' } })
    expect(await train(64)).toMatchObject({ ok: true, value: { state: 'completed' } })
  },
  240_000,
)
