import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Fixture, openHost, projectText } from './fixture'

let f: Fixture
beforeEach(async () => {
  f = await openHost()
  await writeFile(join(f.folder, 'private.csv'), '1,2')
})
afterEach(() => f.close())

const describe = (spec: string) => f.host.handlers['data.describe']({ spec })
const store = (name: string, text: string) =>
  f.host.handlers['data.import']({ name, base64: Buffer.from(text).toString('base64') })

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
  const g = await openHost({ openProject: choose, saveProject: choose, openData: choose, chooseFolder: choose })
  const spec = `csv:${path}?label=last`
  expect(await g.host.handlers['data.describe']({ spec })).toMatchObject({ error: { code: 'notAllowed' } })
  expect(await g.host.handlers['data.pick']({ what: 'file' })).toEqual({ ok: true, value: { spec: `csv:${path}` } })
  expect(await g.host.handlers['data.describe']({ spec })).toMatchObject({ ok: true })
  expect(g.recorded.specs).toEqual([spec])
  await g.close()
})

/** A host whose dialog chooses one path. */
async function choosing(name: string, make: (path: string) => Promise<unknown>) {
  const path = join(f.folder, name)
  await make(path)
  const choose = async () => path
  const g = await openHost({ openProject: choose, saveProject: choose, openData: choose, chooseFolder: choose })
  return { g, path, pick: (what: 'file' | 'folder') => g.host.handlers['data.pick']({ what }) }
}
const fileOf = (path: string) => writeFile(path, '')
const folderOf =
  (...files: readonly string[]) =>
  async (path: string) => {
    for (const name of files) {
      await mkdir(dirname(join(path, name)), { recursive: true })
      await writeFile(join(path, name), '')
    }
  }

test.each([
  ['table.TSV', 'csv'],
  ['iris.data', 'csv'],
  ['x_train.npy', 'npy'],
  ['mnist.npz', 'npz'],
  ['train-images-idx3-ubyte.gz', 'idx'],
  ['t10k-images.idx3-ubyte', 'idx'],
  ['data_batch_1.bin', 'cifar10'],
  ['train.bin', 'cifar100'],
])('a file %s is chosen as %s and may be used', async (name, kind) => {
  const { g, path, pick } = await choosing(name, fileOf)
  const spec = `${kind}:${path}`
  expect(await pick('file')).toEqual({ ok: true, value: { spec } })
  expect(await g.host.handlers['data.describe']({ spec })).toMatchObject({ ok: true })
  await g.close()
})

test.each([
  ['images', ['cats/1.jpg', 'dogs/1.png']],
  ['cifar10', ['data_batch_1.bin', 'batches.meta.txt']],
  ['cifar100', ['train.bin', 'test.bin', 'fine_label_names.txt']],
])('a folder is chosen as %s', async (kind, files) => {
  const { g, path, pick } = await choosing('set', folderOf(...files))
  expect(await pick('folder')).toEqual({ ok: true, value: { spec: `${kind}:${path}` } })
  await g.close()
})

test.each([
  ['labels without their images', 'train-labels-idx1-ubyte', 'file', fileOf],
  ['a program', 'setup.exe', 'file', fileOf],
  ['a folder of other things', 'things', 'folder', folderOf('a/b.txt')],
] as const)('%s chosen as data is refused with what to choose, and not granted', async (_name, name, what, make) => {
  const { g, path, pick } = await choosing(name, make)
  expect(await pick(what)).toMatchObject({ ok: false, error: { message: expect.stringContaining('Choose a table') } })
  expect(await g.host.handlers['data.describe']({ spec: `csv:${path}` })).toMatchObject({
    error: { code: 'notAllowed' },
  })
  await g.close()
})

test('the data of the workspace is listed, one level deep, without what only goes with it', async () => {
  await folderOf(
    'points.csv',
    'notes.md',
    'mnist/train-images-idx3-ubyte.gz',
    'mnist/train-labels-idx1-ubyte.gz',
    'pets/cats/1.jpg',
    'cifar/data_batch_1.bin',
    'a/b/c.csv',
  )(join(f.workspace, 'data'))
  expect(await f.host.handlers['data.list']({})).toEqual({
    ok: true,
    value: [
      'cifar10:data/cifar',
      'idx:data/mnist/train-images-idx3-ubyte.gz',
      'images:data/pets',
      'csv:data/points.csv',
    ],
  })
})

test('uploaded bytes arrive as they are; labels are stored beside, as no data of their own', async () => {
  const bytes = Buffer.from([0, 255, 128, 13, 10])
  const upload = (name: string) => f.host.handlers['data.import']({ name, base64: bytes.toString('base64') })
  expect(await upload('x.npy')).toEqual({ ok: true, value: { spec: 'npy:data/x.npy' } })
  expect(await upload('y.npy')).toEqual({ ok: true, value: { spec: null } })
  expect(await readFile(join(f.workspace, 'data', 'y.npy'))).toEqual(bytes)
})

test.each([
  ['a name that climbs out', { name: '../x.csv', base64: '' }],
  ['a name with folders', { name: 'a/x.csv', base64: '' }],
  ['a program', { name: 'x.sh', base64: '' }],
  ['a content that is no base64', { name: 'x.csv', base64: 'a,b\n1,2' }],
])('an upload with %s is refused', async (_name, args) => {
  expect(await f.host.handlers['data.import'](args)).toMatchObject({ ok: false, error: { code: 'invalidRequest' } })
  expect(await readdir(f.workspace)).toEqual(expect.not.arrayContaining(['x.csv']))
})
