import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EventName, Events } from '#shared/host'
import type { RunFile } from '../../../electron/trainer/runFile'
import { type Fixture, openHost, projectText } from './fixture'

let f: Fixture
beforeEach(async () => {
  f = await openHost()
})
afterEach(() => f.close())

const start = (project = projectText('digits')) => f.host.handlers['train.start']({ project, engine: 'auto' })
async function startOne(): Promise<string> {
  const started = await start()
  if (!started.ok) throw new Error(started.error.message)
  return started.value.runId
}

test('a run gets a folder in the workspace, and its events carry its id', async () => {
  const received: Events[EventName][] = []
  f.host.events.listen((_name, payload) => received.push(payload))
  const runId = await startOne()
  const [job] = f.recorded.jobs
  expect(job?.id).toBe(runId)
  expect(job?.folder).toBe(join(f.workspace, 'runs', runId))
  f.recorded.tell({ kind: 'failed', message: 'm' })
  expect(received).toEqual([{ runId, event: { kind: 'failed', message: 'm' } }])
})

test('one run at a time, even when two are asked for at once', async () => {
  const both = await Promise.all([start(), start()])
  expect(both.filter((r) => r.ok)).toHaveLength(1)
  expect(both.find((r) => !r.ok)).toMatchObject({ error: { code: 'busy' } })
  expect(await start()).toMatchObject({ ok: false, error: { code: 'busy' } })
  expect(f.recorded.jobs).toHaveLength(1)
  f.recorded.finish()
  await new Promise((resolve) => setImmediate(resolve))
  expect(await start()).toMatchObject({ ok: true })
})

test('stop reaches the run under way and no other', async () => {
  const runId = await startOne()
  expect(await f.host.handlers['train.stop']({ runId: 'another' })).toMatchObject({
    ok: false,
    error: { code: 'notFound' },
  })
  expect(f.recorded.stops()).toBe(0)
  expect(await f.host.handlers['train.stop']({ runId })).toEqual({ ok: true, value: null })
  expect(f.recorded.stops()).toBe(1)
})

const earlyRun: RunFile = {
  format: 1,
  id: 'early',
  name: 'LeNet-5',
  project: projectText('digits'),
  data: 'digits',
  seed: 42,
  epochs: 5,
  engine: { name: 'wasm', version: '' },
  versions: {},
  startedAt: '2026-01-01T00:00:00.000Z',
  pid: 1,
  state: 'stopped',
  last: null,
  confusion: null,
  samples: { inputShape: [28, 28, 1], range: [0, 1], labels: null, preprocessing: '' },
}

test('a run that ended early is resumed in its folder, alone, and its events carry its id', async () => {
  const { handlers, events } = f.host
  expect(await handlers['train.resume']({ runId: 'absent' })).toMatchObject({ ok: false, error: { code: 'notFound' } })
  expect(await handlers['train.resume']({ runId: '../outside' })).toMatchObject({ ok: false })
  const folder = join(f.workspace, 'runs', 'early')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'run.json'), JSON.stringify(earlyRun))

  const received: Events[EventName][] = []
  events.listen((_name, payload) => received.push(payload))
  expect(await handlers['train.resume']({ runId: 'early' })).toEqual({ ok: true, value: null })
  expect(f.recorded.resumed).toEqual([folder])
  f.recorded.tell({ kind: 'failed', message: 'm' })
  expect(received).toEqual([{ runId: 'early', event: { kind: 'failed', message: 'm' } }])
  expect(await start()).toMatchObject({ ok: false, error: { code: 'busy' } })
  expect(await handlers['train.resume']({ runId: 'early' })).toMatchObject({ ok: false, error: { code: 'busy' } })
  expect(await handlers['train.stop']({ runId: 'early' })).toEqual({ ok: true, value: null })
  expect(f.recorded.stops()).toBe(1)
})

test('closing the host stops the run and waits for it', async () => {
  await startOne()
  await f.host.close()
  expect(f.recorded.stops()).toBe(1)
})

test.each([
  ['no JSON', '{"format":', 'This is not a Netloom project'],
  ['a newer format', '{"format":999}', 'newer version'],
  ['__proto__ keys', projectText('digits').replace('"name"', '"__proto__": {"x": 1}, "name"'), '__proto__'],
])('a project with %s is refused with its reason', async (_name, text, reason) => {
  expect(await start(text)).toMatchObject({
    ok: false,
    error: { code: 'invalidProject', message: expect.stringContaining(reason) },
  })
  expect(f.recorded.jobs).toEqual([])
})

test.each(['../outside', '/etc', 'absent', ''])('the run %j cannot be read or exported', async (runId) => {
  await mkdir(join(f.folder, 'outside'))
  expect(await f.host.handlers['runs.read']({ runId })).toMatchObject({ ok: false })
})

test('an export without dialogs goes to a new folder of the workspace each time', async () => {
  await mkdir(join(f.workspace, 'runs', 'r1'), { recursive: true })
  const folders: string[] = []
  for (let i = 0; i < 2; i++) {
    const report = await f.host.handlers['runs.export']({ runId: 'r1', format: 'tfjs' })
    if (!report.ok || !report.value) throw new Error('not exported')
    folders.push(report.value.folder)
    await mkdir(report.value.folder)
  }
  expect(folders.map((p) => basename(p))).toEqual(['r1-tfjs', 'r1-tfjs 2'])
  expect(dirname(folders[0] ?? '')).toBe(join(f.workspace, 'exports'))
})

test('a drawing without data is exported, under its own name; with data, only what may be read', async () => {
  const drawn = (data: string) => projectText(data, '../a: net')
  const report = await f.host.handlers['project.export']({ project: drawn(''), format: 'onnx' })
  expect(report).toMatchObject({ ok: true, value: { untrained: { seed: 42, data: false } } })
  expect(report.ok && report.value?.folder).toBe(join(f.workspace, 'exports', 'a net-onnx'))
  expect(await f.host.handlers['project.export']({ project: drawn('csv:/etc/passwd'), format: 'onnx' })).toMatchObject({
    ok: false,
  })
  expect(await f.host.handlers['project.export']({ project: '{', format: 'onnx' })).toMatchObject({
    ok: false,
    error: { code: 'invalidProject' },
  })
  expect(f.recorded.exportedProjects).toEqual([{ data: '', name: '../a: net' }])
})

test('a cancelled dialog exports nothing', async () => {
  const cancel = async () => null
  const g = await openHost({ openProject: cancel, saveProject: cancel, openData: cancel, chooseFolder: cancel })
  await mkdir(join(g.workspace, 'runs', 'r1'), { recursive: true })
  expect(await g.host.handlers['runs.export']({ runId: 'r1', format: 'tfjs' })).toEqual({ ok: true, value: null })
  expect(g.recorded.exports).toEqual([])
  await g.close()
})

test('pause and continue reach the run under way and no other', async () => {
  const runId = await startOne()
  const { handlers } = f.host
  for (const name of ['train.pause', 'train.continue'] as const)
    expect(await handlers[name]({ runId: 'another' })).toMatchObject({ ok: false, error: { code: 'notFound' } })
  expect(f.recorded.told).toEqual([])
  expect(await handlers['train.pause']({ runId })).toEqual({ ok: true, value: null })
  expect(await handlers['train.continue']({ runId })).toEqual({ ok: true, value: null })
  expect(f.recorded.told).toEqual(['pause', 'continue'])
})
