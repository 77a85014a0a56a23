import { beforeEach, expect, test, vi } from 'vitest'
import { err, ok } from '#shared/result'
import type { RunDetail } from '#shared/training/run'
import { currentRun, runningRun, useRuns } from '../../../renderer/store/run'
import { createFakeHost } from './harness/fakeHost'
import { digitConfusion, replay } from './harness/figures'

const storage = () => {
  const kept = new Map<string, string>()
  return { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v) }
}
const clean = useRuns.getInitialState()
beforeEach(() => {
  vi.stubGlobal('localStorage', storage())
  vi.stubGlobal('sessionStorage', storage())
  useRuns.setState(clean, true)
})

const about = { name: 'LeNet-5', data: 'digits', epochs: 2 }
const started = {
  kind: 'started',
  engine: 'wasm',
  epochs: 2,
  stepsPerEpoch: 50,
  trainSamples: 3200,
  validationSamples: 800,
  parameters: 61_706,
} as const
const events = [...replay({ epochs: 2, stepsPerEpoch: 50 })]
const state = () => useRuns.getState()
const seen = (check: () => boolean) => vi.waitFor(() => expect(check()).toBe(true), { timeout: 5000 })

test('a run from start to end', async () => {
  const host = createFakeHost()
  const off = state().connect(host)
  expect(await state().start(host, '{}', about)).toBe(true)
  expect(host.asked.find((a) => a.name === 'train.start')?.args).toEqual({ project: '{}', engine: 'auto' })
  expect(runningRun(state())?.summary).toMatchObject({ id: 'live', name: 'LeNet-5', state: 'running' })

  host.emit('live', started)
  for (const e of events) host.emit('live', e)
  await seen(() => currentRun(state())?.summary.epochsDone === 2)
  expect(currentRun(state())).toMatchObject({ started, summary: { engine: 'wasm' }, curves: { length: 100 } })

  host.emit('live', { kind: 'finished', reason: 'completed', epoch: 2, step: 100, confusion: null })
  expect(currentRun(state())?.summary.state).toBe('completed')
  expect(runningRun(state())).toBeNull()
  off()
})

test('events at a high rate are all counted and repaint seldom', async () => {
  const host = createFakeHost()
  const off = state().connect(host)
  await state().start(host, '{}', about)
  const before = state().revision
  for (const e of replay({ epochs: 4, stepsPerEpoch: 25_000 })) host.emit('live', e)
  await seen(() => currentRun(state())?.summary.epochsDone === 4)
  expect(currentRun(state())?.curves.length).toBe(100_000)
  expect(state().revision - before).toBe(1)
  off()
})

test('events that come before the answer to the start are kept', async () => {
  const host = createFakeHost({
    'train.start': async () => {
      host.emit('live', started)
      for (const e of events.slice(0, 10)) host.emit('live', e)
      return ok({ runId: 'live' })
    },
  })
  const off = state().connect(host)
  await state().start(host, '{}', about)
  const run = currentRun(state())
  expect(run?.curves.length).toBe(10)
  expect(run?.started).toEqual(started)
  expect(run?.summary).toMatchObject({ name: 'LeNet-5', epochs: 2, engine: 'wasm' })
  off()
})

test('after a reload a run that goes on is found, read, and drawn on without a gap or a repeat', async () => {
  const summary = { ...about, id: 'live', state: 'running', engine: 'wasm', startedAt: '2026-11-20T10:00:00Z' } as const
  const detail: RunDetail = {
    summary: { ...summary, epochsDone: 0, loss: null, valLoss: null, valAccuracy: null },
    project: '{}',
    started,
    steps: events.filter((e) => e.kind === 'step').slice(0, 30),
    epochs: [],
    statistics: [],
    confusion: null,
  }
  const host = createFakeHost({
    'runs.list': async () => ok([detail.summary]),
    'runs.read': async () => {
      // Reported while the answer is on its way: partly what the answer has too.
      for (const e of events.slice(25, 40)) host.emit('live', e)
      return ok(detail)
    },
  })
  const off = state().connect(host)
  await seen(() => currentRun(state())?.project === '{}')
  for (const e of events.slice(40)) host.emit('live', e)
  await seen(() => currentRun(state())?.curves.length === 100)
  const curves = currentRun(state())?.curves
  expect([...(curves?.step.subarray(0, 100) ?? [])]).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
  expect(curves?.epochs.map((e) => e.epoch)).toEqual([1, 2])
  off()
})

test('the death of the training process is told, and one can train again', async () => {
  const host = createFakeHost()
  const off = state().connect(host)
  await state().start(host, '{}', about)
  host.emit('live', started)
  host.emit('live', { kind: 'failed', message: 'The training process ended (signal SIGKILL).' })
  expect(currentRun(state())?.summary).toMatchObject({
    state: 'failed',
    error: 'The training process ended (signal SIGKILL).',
  })
  expect(state().pending).toBeNull()
  expect(await state().start(host, '{}', about)).toBe(true)
  off()
})

test('what was heard of an end stays, though the files say less', async () => {
  const summary = { ...about, id: 'live', state: 'failed', engine: 'wasm', startedAt: '2026-11-20T10:00:00Z' } as const
  const figures = { epochsDone: 0, loss: null, valLoss: null, valAccuracy: null }
  const host = createFakeHost({
    'runs.read': async () =>
      ok({
        summary: { ...summary, ...figures, error: 'It ended.' },
        project: '{}',
        started,
        steps: events.filter((e) => e.kind === 'step').slice(0, 30),
        epochs: [],
        statistics: [],
        confusion: null,
      }),
  })
  const off = state().connect(host)
  await state().start(host, '{}', about)
  for (const e of events.slice(0, 20)) if (e.step % 5 === 0) host.emit('live', e)
  host.emit('live', { kind: 'failed', message: 'It was killed (SIGKILL).' })
  // All steps come from the files; the window had heard of every fifth.
  await seen(() => currentRun(state())?.curves.length === 30)
  expect(currentRun(state())?.summary.error).toBe('It was killed (SIGKILL).')
  off()
})

test('a refused start keeps what was shown and says why', async () => {
  const host = createFakeHost({
    'train.start': async () => err({ code: 'busy', message: 'A run is going on. Stop it first.' }),
  })
  const off = state().connect(host)
  await state().open(host, 'r3')
  expect(await state().start(host, '{}', about)).toBe(false)
  expect(state()).toMatchObject({ current: 'r3', pending: null, error: 'A run is going on. Stop it first.' })
  off()
})

test('stop waits for the end; a refused stop is told', async () => {
  const host = createFakeHost()
  const off = state().connect(host)
  await state().start(host, '{}', about)
  await state().stop(host)
  expect(state().pending).toBe('stopping')
  const confusion = { labels: ['0'], counts: digitConfusion() }
  host.emit('live', { kind: 'finished', reason: 'stopped', epoch: 1, step: 7, confusion })
  expect(state().pending).toBeNull()
  expect(currentRun(state())).toMatchObject({ confusion, summary: { state: 'stopped' } })

  const deaf = createFakeHost({
    'train.start': async () => ok({ runId: 'second' }),
    'train.stop': async () => err({ code: 'notFound', message: 'There is no such run.' }),
  })
  await state().start(deaf, '{}', about)
  await state().stop(deaf)
  expect(state()).toMatchObject({ pending: null, error: 'There is no such run.' })
  off()
})

test('pause and continue wait for their events; a refused one is told', async () => {
  const host = createFakeHost()
  const off = state().connect(host)
  await state().start(host, '{}', about)
  const at = { epoch: 1, step: 7, seconds: 1 }
  await state().pause(host)
  expect(state().pending).toBe('pausing')
  host.emit('live', { kind: 'paused', ...at })
  expect(state().pending).toBeNull()
  expect(runningRun(state())?.summary.state).toBe('paused')
  await state().proceed(host)
  expect(state().pending).toBe('continuing')
  host.emit('live', { kind: 'continued', ...at })
  expect(state().pending).toBeNull()
  expect(runningRun(state())?.summary.state).toBe('running')

  // A stop that overtakes a pause is still under way when the pause is told.
  await state().stop(host)
  host.emit('live', { kind: 'paused', ...at })
  expect(state().pending).toBe('stopping')
  off()

  const deaf = createFakeHost({ 'train.pause': async () => err({ code: 'notFound', message: 'It has ended.' }) })
  await state().pause(deaf)
  expect(state()).toMatchObject({ pending: null, error: 'It has ended.' })
})

const pausedDetail = (state: 'paused' | 'completed'): RunDetail => ({
  summary: {
    ...{ ...about, id: 'live', state, engine: 'wasm', startedAt: '2026-11-20T10:00:00Z', epochsDone: 0 },
    ...{ loss: null, valLoss: null, valAccuracy: null },
  },
  project: '{}',
  started,
  steps: events.filter((e) => e.kind === 'step').slice(0, 30),
  epochs: [],
  statistics: [{ kind: 'statistics', epoch: 1, step: 30, layers: [] }],
  ...(state === 'completed' && { ending: { reason: 'stoppedEarly', epoch: 2, step: 100, restored: 1 } }),
  confusion: null,
})

test('after a reload a run that waits is found waiting, and told to go on', async () => {
  const detail = pausedDetail('paused')
  const host = createFakeHost({
    'runs.list': async () => ok([detail.summary]),
    'runs.read': async () => ok(detail),
  })
  const off = state().connect(host)
  await seen(() => currentRun(state())?.project === '{}')
  expect(runningRun(state())).toMatchObject({ summary: { state: 'paused' }, statistics: { step: 30 } })
  await state().proceed(host)
  expect(host.asked.at(-1)).toEqual({ name: 'train.continue', args: { runId: 'live' } })
  off()
})

test('what became of a run while the connection was lost', async () => {
  const detail = pausedDetail('completed')
  const host = createFakeHost({
    'runs.list': async () => ok([detail.summary]),
    'runs.read': async () => ok(detail),
  })
  const off = state().connect(host)
  await state().start(host, '{}', about)
  for (const e of events.slice(0, 10)) host.emit('live', e)
  expect(runningRun(state())).not.toBeNull()
  await state().catchUp(host)
  expect(runningRun(state())).toBeNull()
  expect(currentRun(state())).toMatchObject({
    summary: { state: 'completed' },
    curves: { length: 30 },
    ending: { reason: 'stoppedEarly', restored: 1 },
  })
  off()
})

test('a run that ended early is resumed and drawn on', async () => {
  const host = createFakeHost()
  const off = state().connect(host)
  await state().open(host, 'r2')
  const before = currentRun(state())?.curves.length ?? 0
  await state().resume(host, 'r2')
  expect(host.asked.at(-1)).toEqual({ name: 'train.resume', args: { runId: 'r2' } })
  expect(runningRun(state())?.summary.id).toBe('r2')
  host.emit('r2', { kind: 'step', epoch: 13, step: before + 1, loss: 1, accuracy: 1, samplesPerSecond: 1, seconds: 99 })
  await seen(() => state().revision > 0 && currentRun(state())?.curves.length === before + 1)
  off()

  const deaf = createFakeHost({ 'train.resume': async () => err({ code: 'failed', message: 'No checkpoint.' }) })
  await state().resume(deaf, 'r1')
  expect(state()).toMatchObject({ current: 'r2', pending: null, error: 'No checkpoint.' })
})

test('the engine chosen is remembered', () => {
  const off = state().connect(createFakeHost())
  state().setEngine('cpu')
  useRuns.setState({ engine: 'auto' })
  off()
  const again = state().connect(createFakeHost())
  expect(state().engine).toBe('cpu')
  again()
})
