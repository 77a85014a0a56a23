import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Fixture, openHost, projectText } from './fixture'

let f: Fixture
beforeEach(async () => {
  f = await openHost()
  await writeFile(join(f.folder, 'private.csv'), '1,2')
})
afterEach(() => f.close())

const describe = (spec: string) => f.host.handlers['data.describe']({ spec })
const store = (name: string, text: string) => f.host.handlers['data.import']({ name, text })

test('an uploaded table is described by the reference that the upload gave', async () => {
  expect(await store('points.csv', '1,2')).toEqual({ ok: true, value: { spec: 'csv:data/points.csv' } })
  const spec = 'csv:data/points.csv?label=last'
  expect(await describe(spec)).toMatchObject({ ok: true, value: { spec } })
  expect(f.recorded.specs).toEqual([`csv:${join(f.workspace, 'data', 'points.csv')}?label=last`])
})

test('the same table is kept once; another of the same name gets a name of its own', async () => {
  await store('points.csv', '1,2')
  expect(await store('points.csv', '1,2')).toMatchObject({ value: { spec: 'csv:data/points.csv' } })
  expect(await store('points.csv', '3,4')).toMatchObject({ value: { spec: 'csv:data/points 2.csv' } })
  expect(await readdir(join(f.workspace, 'data'))).toEqual(['points 2.csv', 'points.csv'])
})

test('built-in data needs no permission', async () => {
  expect(await describe('digits')).toMatchObject({ ok: true })
})

test.each([
  ['an absolute path', (d: string) => `csv:${join(d, 'private.csv')}`, 'notAllowed'],
  ['a path that climbs out', () => 'csv:../private.csv', 'notAllowed'],
  ['a path that climbs out of data', () => 'csv:data/../../private.csv?label=last', 'notAllowed'],
  ['a link that leads out', () => 'csv:link.csv', 'notAllowed'],
  ['a system file', () => 'csv:/etc/passwd', 'notAllowed'],
  ['a path that climbs out behind a question mark', () => 'csv:data/a.csv?/../../private.csv', 'notFound'],
  ['a system file behind a question mark', () => 'csv:?/../../../etc/passwd?label=last', 'notFound'],
  ['a labels file outside', (d: string) => `idx:data/a?labels=${join(d, 'private.csv')}`, 'notAllowed'],
  ['a labels file that climbs out', () => 'npy:data/a?labels=../../private.csv', 'notAllowed'],
  ['a system folder of another kind', () => 'cifar10:/etc', 'notAllowed'],
  ['a file that is not there', () => 'csv:data/absent.csv', 'notFound'],
  ['a kind that is not known', () => 'folder:/etc', 'invalidRequest'],
  ['a kind in capitals', () => 'CSV:/etc/passwd', 'invalidRequest'],
])('%s is refused for looking and for training', async (_name, spec, code) => {
  await mkdir(join(f.workspace, 'data'))
  await writeFile(join(f.workspace, 'data', 'a'), '')
  await symlink(join(f.folder, 'private.csv'), join(f.workspace, 'link.csv'))
  const refused = { ok: false, error: { code } }
  expect(await describe(spec(f.folder))).toMatchObject(refused)
  const project = projectText(spec(f.folder))
  expect(await f.host.handlers['train.start']({ project, engine: 'auto' })).toMatchObject(refused)
  expect(f.recorded.specs).toEqual([])
  expect(f.recorded.jobs).toEqual([])
})

test('files of every kind in the workspace may be used, with labels beside them', async () => {
  await mkdir(join(f.workspace, 'data'))
  for (const name of ['a', 'b']) await writeFile(join(f.workspace, 'data', name), '')
  for (const spec of ['idx:data/a?labels=b', 'npz:data/a', 'cifar100:data'])
    expect(await describe(spec)).toMatchObject({ ok: true })
  expect(f.recorded.specs[0]).toBe(`idx:${join(f.workspace, 'data', 'a')}?labels=b`)
})

test('the refusal says what to do', async () => {
  expect(await describe('csv:/etc/passwd')).toMatchObject({
    error: { message: expect.stringContaining('Upload it in the data panel') },
  })
})

test('a file that was chosen in a dialog may be used from then on', async () => {
  const path = join(f.folder, 'private.csv')
  const choose = async () => path
  const g = await openHost({ openProject: choose, saveProject: choose, openTable: choose, chooseFolder: choose })
  const spec = `csv:${path}?label=last`
  expect(await g.host.handlers['data.describe']({ spec })).toMatchObject({ error: { code: 'notAllowed' } })
  expect(await g.host.handlers['data.pick']({})).toEqual({ ok: true, value: { spec: `csv:${path}` } })
  expect(await g.host.handlers['data.describe']({ spec })).toMatchObject({ ok: true })
  expect(g.recorded.specs).toEqual([spec])
  await g.close()
})
