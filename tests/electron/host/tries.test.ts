import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { err, ok } from '#shared/result'
import type { TryAnswer, TryQuestion, TrySubject } from '#shared/training/try'
import { dispatch } from '../../../electron/host/dispatch'
import { tryHandlers } from '../../../electron/host/tries'
import { openWorkspace } from '../../../electron/host/workspace'
import type { SessionHandle } from '../../../electron/trainer/session/client'
import { type Fixture, openHost } from './fixture'

const subject: TrySubject = { shape: [2], columns: null, labels: ['a', 'b'], meaning: 'probability', layers: [] }
const answer: TryAnswer = {
  outputs: [1, 0],
  seen: { shape: [2], values: '', low: 0, high: 1 },
  truth: null,
  cells: null,
  notes: [],
  maps: null,
}
const question: TryQuestion = { sample: { kind: 'cells', cells: ['1', '2'] }, layer: null, all: false }

let f: Fixture
/** Sessions that were opened, in order, and whether they were closed. */
let sessions: { readonly folder: string; closed: boolean; end(): void }[]
let tries: ReturnType<typeof tryHandlers>
let refuse = false

beforeEach(async () => {
  f = await openHost()
  sessions = []
  refuse = false
  tries = tryHandlers(openWorkspace(f.workspace), {
    ...f.recorded.trainer,
    session(folder): SessionHandle {
      let end = () => {}
      const ended = new Promise<void>((resolve) => {
        end = resolve
      })
      const session = { folder, closed: false, end: () => end() }
      sessions.push(session)
      return {
        subject: Promise.resolve(refuse ? err({ code: 'notFound', message: 'No weights.' } as const) : ok(subject)),
        ended,
        ask: async () => ok(answer),
        close() {
          session.closed = true
          end()
        },
      }
    },
  })
  for (const id of ['r1', 'r2', 'r3']) await makeRun(id)
})
afterEach(() => f.close())

const weights = (id: string) => join(f.workspace, 'runs', id, 'checkpoints', 'last.safetensors')
async function makeRun(id: string) {
  await mkdir(join(f.workspace, 'runs', id, 'checkpoints'), { recursive: true })
  await writeFile(weights(id), '')
}
const open = (runId: string) => tries.handlers['try.open']({ runId })
const ask = (runId: string) => tries.handlers['try.ask']({ runId, question })
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a run is loaded once, and asked as often as one likes', async () => {
  expect(await open('r1')).toEqual({ ok: true, value: subject })
  expect(await ask('r1')).toEqual({ ok: true, value: answer })
  expect(await ask('r1')).toEqual({ ok: true, value: answer })
  expect(sessions.map((s) => s.folder)).toEqual([join(f.workspace, 'runs', 'r1')])
  await tries.handlers['try.close']({ runId: 'r1' })
  expect(sessions[0]?.closed).toBe(true)
})

test('one whose process has ended is loaded anew by the next question', async () => {
  await open('r1')
  sessions[0]?.end()
  await settled()
  expect(await ask('r1')).toMatchObject({ ok: true })
  expect(sessions).toHaveLength(2)
})

test('one that has been trained on is loaded anew', async () => {
  await open('r1')
  await utimes(weights('r1'), new Date(), new Date(Date.now() + 5000))
  await ask('r1')
  expect(sessions.map((s) => s.closed)).toEqual([true, false])
})

test('one whose folder is gone is told, and its process ends', async () => {
  await open('r1')
  await rm(join(f.workspace, 'runs', 'r1'), { recursive: true })
  expect(await ask('r1')).toMatchObject({ ok: false, error: { code: 'notFound' } })
  expect(sessions[0]?.closed).toBe(true)
})

test('two are open at a time; the one opened first makes room', async () => {
  for (const id of ['r1', 'r2', 'r3']) await open(id)
  expect(sessions.map((s) => s.closed)).toEqual([true, false, false])
  tries.close()
  expect(sessions.every((s) => s.closed)).toBe(true)
})

test('why a run cannot be loaded comes through', async () => {
  refuse = true
  expect(await open('r1')).toEqual({ ok: false, error: { code: 'notFound', message: 'No weights.' } })
})

test.each(['../outside', '/etc', '', 'a/b'])('the run %j is none', async (runId) => {
  expect(await open(runId)).toMatchObject({ ok: false })
  expect(sessions).toEqual([])
})

test.each([
  [{ sample: { kind: 'drawing', height: 9999, width: 28, ink: '' }, layer: null, all: false }],
  [{ sample: { kind: 'picture', file: 'x'.repeat(22_000_000) }, layer: null, all: false }],
  [{ sample: { kind: 'file', path: '/etc/passwd' }, layer: null, all: false }],
  [{ sample: { kind: 'heldOut', index: -1 }, layer: null, all: false }],
])('a question that is not as expected is refused', async (q) => {
  const refused = await dispatch(f.host.handlers, 'try.ask', { runId: 'r1', question: q })
  expect(refused).toMatchObject({ ok: false, error: { code: 'invalidRequest' } })
})

test('an evaluation reads only data that is allowed', async () => {
  const on = { data: `csv:${join(f.folder, 'secret.csv')}` }
  await writeFile(join(f.folder, 'secret.csv'), 'a,b\n1,2\n')
  expect(await f.host.handlers['runs.evaluate']({ runId: 'r1', on })).toMatchObject({
    ok: false,
    error: { code: 'notAllowed' },
  })
})
