import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MAX_FOLDER_BYTES, MAX_FOLDER_FILES } from '#shared/host'
import { dispatch } from '../../../electron/host/dispatch'
import { type Fixture, openHost } from './fixture'

let f: Fixture
beforeEach(async () => {
  f = await openHost()
})
afterEach(() => f.close())

const ask = async (name: string, args: unknown) => dispatch(f.host.handlers, name, args)
const base64 = (text: string) => Buffer.from(text).toString('base64')
async function begin(name: string, files = 10, bytes = 1000): Promise<string> {
  const begun = await f.host.handlers['data.beginFolder']({ name, files, bytes })
  if (!begun.ok) throw new Error(begun.error.message)
  return begun.value.id
}
const add = (id: string, path: readonly string[], text = 'x') => ask('data.addFile', { id, path, base64: base64(text) })
const end = (id: string, keep = true) => ask('data.endFolder', { id, keep })
const inData = () => readdir(join(f.workspace, 'data')).catch(() => [])

test('a folder of pictures per class is kept when all of it is there, and chosen by its reference', async () => {
  const id = await begin('pets')
  expect(await add(id, ['cats', '1.png'])).toEqual({ ok: true, value: { kept: true } })
  expect(await add(id, ['dogs', '1.JPG'])).toEqual({ ok: true, value: { kept: true } })
  expect(await add(id, ['readme.md'])).toEqual({ ok: true, value: { kept: false } })
  expect(await f.host.handlers['data.list']({})).toEqual({ ok: true, value: [] })
  expect(await end(id)).toEqual({ ok: true, value: { spec: 'images:data/pets' } })
  expect(await inData()).toEqual(['pets'])
  expect((await readdir(join(f.workspace, 'data', 'pets'))).sort()).toEqual(['cats', 'dogs'])
  expect(await f.host.handlers['data.list']({})).toEqual({ ok: true, value: ['images:data/pets'] })
})

test('what lies a folder deeper is found, and another folder of the name gets a name of its own', async () => {
  await mkdir(join(f.workspace, 'data', 'pets'), { recursive: true })
  const id = await begin('pets')
  await add(id, ['train', 'cats', '1.png'])
  expect(await end(id)).toEqual({ ok: true, value: { spec: 'images:data/pets 2/train' } })
  const batches = await begin('cifar')
  await add(batches, ['data_batch_1.bin'])
  expect(await end(batches)).toEqual({ ok: true, value: { spec: 'cifar10:data/cifar' } })
})

test('a folder without data, one that is given up, and one that another took the place of leave nothing', async () => {
  const empty = await begin('notes')
  await add(empty, ['text.md'])
  expect(await end(empty)).toMatchObject({ ok: false, error: { message: expect.stringContaining('"notes"') } })
  const left = await begin('left')
  await add(left, ['cats', '1.png'])
  const second = await begin('second')
  expect(await add(left, ['cats', '2.png'])).toMatchObject({ ok: false, error: { code: 'notFound' } })
  await add(second, ['cats', '1.png'])
  expect(await end(second, false)).toEqual({ ok: true, value: null })
  const open = await begin('open')
  await add(open, ['cats', '1.png'])
  await f.host.close()
  expect(await inData()).toEqual([])
})

test('a path that leads out, a name that is none, and more than was said are refused', async () => {
  await writeFile(join(f.folder, 'outside.csv'), '1,2')
  const id = await begin('pets', 2, 3)
  for (const path of [['..', 'a.png'], ['cats', '..'], ['a/b.png'], ['cats', 'CON.png'], ['/etc', 'a.png'], []])
    expect(await add(id, path)).toMatchObject({ ok: false, error: { code: 'invalidRequest' } })
  expect(await ask('data.addFile', { id, path: ['a', 'b', 'c', 'd.png'], base64: '' })).toMatchObject({ ok: false })
  expect(await ask('data.addFile', { id, path: ['cats', '1.png'], base64: '!' })).toMatchObject({ ok: false })
  expect(await add(id, ['cats', '1.png'], 'xx')).toMatchObject({ ok: true })
  expect(await add(id, ['cats', '2.png'], 'xx')).toMatchObject({ ok: false, error: { code: 'notFound' } })
  const start = (files: number, bytes: number) => ask('data.beginFolder', { name: 'large', files, bytes })
  expect(await start(MAX_FOLDER_FILES + 1, 1)).toMatchObject({ error: { code: 'invalidRequest' } })
  expect(await start(1, MAX_FOLDER_BYTES + 1)).toMatchObject({ error: { code: 'invalidRequest' } })
})
