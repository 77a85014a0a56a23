import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_TEXT, type RequestName, type Requests, requestSchemas } from '#shared/host'
import { dispatch } from '../../../electron/host/dispatch'
import { type Fixture, openHost, projectText } from './fixture'

/** Arguments that each request takes: one that is added to the contract without an entry here does not compile. */
const valid: { readonly [K in RequestName]: Requests[K]['args'] } = {
  'app.info': {},
  'file.open': {},
  'file.read': { ref: 'workspace:a.netloom' },
  'file.save': { ref: 'workspace:a.netloom', text: '' },
  'file.saveAs': { name: 'a', text: '' },
  'file.list': {},
  'file.given': {},
  'data.pick': { what: 'file' },
  'data.list': {},
  'data.import': { name: 'a.csv', base64: '' },
  'data.beginFolder': { name: 'pets', files: 1, bytes: 1 },
  'data.addFile': { id: 'u', path: ['cats', '1.png'], base64: '' },
  'data.endFolder': { id: 'u', keep: false },
  'data.describe': { spec: 'digits' },
  'engines.list': {},
  'engines.install': { engine: 'tensorflow', gpu: false, choose: false },
  'engines.cancel': {},
  'engines.test': { engine: 'wasm' },
  'engines.remove': { engine: 'tensorflow' },
  'train.start': { project: '', engine: 'auto' },
  'train.plan': { project: '', engine: 'auto', measureAgain: false },
  'train.stop': { runId: 'r' },
  'train.pause': { runId: 'r' },
  'train.continue': { runId: 'r' },
  'train.resume': { runId: 'r' },
  'runs.list': {},
  'runs.fitting': { project: '' },
  'runs.read': { runId: 'r' },
  'runs.evaluate': { runId: 'r', on: { data: 'digits' } },
  'try.open': { runId: 'r' },
  'try.ask': {
    runId: 'r',
    question: { sample: { kind: 'cells', cells: ['1'] }, layer: 'a', all: false },
  },
  'try.close': { runId: 'r' },
  'runs.export': { runId: 'r', format: 'tfjs' },
  'project.export': { project: '', format: 'onnx' },
}
const names = Object.keys(valid) as RequestName[]

/** The arguments with the value at each place, in turn, replaced by what `change` makes of it. */
function* replaced(args: unknown, change: (value: unknown) => unknown): Generator<unknown> {
  if (typeof args !== 'object' || args === null) {
    yield change(args)
    return
  }
  for (const [key, inner] of Object.entries(args))
    for (const value of replaced(inner, change))
      yield Array.isArray(args) ? args.with(Number(key), value) : { ...args, [key]: value }
}
const refused = (name: RequestName, args: unknown) => !requestSchemas[name].safeParse(args).success

describe.each(names)('the arguments of %s', (name) => {
  test('are as the contract says, and nothing beyond', () => {
    expect(refused(name, valid[name])).toBe(false)
    expect(refused(name, { ...valid[name], path: '/etc/passwd' })).toBe(true)
    for (const none of [null, undefined, [], 'x', 1]) expect(refused(name, none)).toBe(true)
  })
  test('may be of no other kind, absent or endless', () => {
    for (const args of replaced(valid[name], () => ({}))) expect(refused(name, args)).toBe(true)
    for (const args of replaced(valid[name], () => undefined)) expect(refused(name, args)).toBe(true)
    const endless = 'x'.repeat(MAX_TEXT + 1)
    for (const args of replaced(valid[name], () => endless)) expect(refused(name, args)).toBe(true)
  })
})

let f: Fixture
beforeEach(async () => {
  f = await openHost()
  // A run like any other, but not in the workspace.
  await mkdir(join(f.folder, 'outside', 'checkpoints'), { recursive: true })
  await writeFile(join(f.folder, 'outside', 'run.json'), '{}')
  await mkdir(join(f.workspace, 'runs', 'inside'), { recursive: true })
})
afterEach(() => f.close())

const ofRuns = names.filter((n) => 'runId' in valid[n])
const elsewhere = (folder: string): readonly string[] => [
  '../../outside',
  '..',
  '.',
  'inside/../../../outside',
  '..\\..\\outside',
  join(folder, 'outside'),
  'C:\\outside',
  'inside\u0000',
  '',
]

test.each(ofRuns)('%s reaches no run outside the workspace', async (name) => {
  for (const runId of elsewhere(f.folder)) {
    const answer = await dispatch(f.host.handlers, name, { ...valid[name], runId })
    // Closing what is not open is nothing.
    if (name === 'try.close') expect(answer).toEqual({ ok: true, value: null })
    else
      expect([runId, answer]).toMatchObject([
        runId,
        { ok: false, error: { code: expect.stringMatching(/^(invalidRequest|notAllowed|notFound)$/) } },
      ])
  }
  expect([f.recorded.jobs, f.recorded.resumed, f.recorded.exports]).toEqual([[], [], []])
})

test('evaluating takes no data from outside the workspace', async () => {
  await writeFile(join(f.folder, 'private.csv'), '1,2')
  for (const data of [`csv:${join(f.folder, 'private.csv')}`, 'csv:../private.csv', 'images:/etc', 'npz:/etc/passwd'])
    expect(await f.host.handlers['runs.evaluate']({ runId: 'inside', on: { data } })).toMatchObject({
      ok: false,
      error: { code: 'notAllowed' },
    })
})

test('nothing that the page says makes a file outside the workspace', async () => {
  const before = await readdir(f.folder)
  const text = projectText('digits')
  for (const name of ['../evil', '/tmp/evil.netloom', '..\\evil', 'a/../../evil'])
    for (const [request, args] of [
      ['file.saveAs', { name, text }],
      ['file.save', { ref: `workspace:${name}.netloom`, text }],
      ['file.save', { ref: `file:${name}`, text }],
      ['data.import', { name: `${name}.csv`, base64: '' }],
    ] as const)
      expect(await dispatch(f.host.handlers, request, args)).toMatchObject({ ok: false })
  expect(await readdir(f.folder)).toEqual(before)
})

test('a page cannot choose for a person: without dialogs nothing is picked', async () => {
  for (const what of ['file', 'folder'] as const)
    expect(await f.host.handlers['data.pick']({ what })).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
})

test('a listed name is no leave: a link in the data folder that leads out is refused', async () => {
  await mkdir(join(f.workspace, 'data'))
  await symlink(join(f.folder, 'outside'), join(f.workspace, 'data', 'pets'))
  expect(await f.host.handlers['data.describe']({ spec: 'images:data/pets' })).toMatchObject({
    error: { code: 'notAllowed' },
  })
})
