import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createGrants } from '../../../electron/host/grants'
import { type Fixture, openHost } from './fixture'

let f: Fixture
beforeEach(async () => {
  f = await openHost()
})
afterEach(() => f.close())

const saveAs = (name: string, text = '{}') => f.host.handlers['file.saveAs']({ name, text })
const refused = (code: string) => ({ ok: false, error: { code } })

test('what is saved is read again, listed, and saved over', async () => {
  expect(await saveAs('数字 LeNet')).toEqual({
    ok: true,
    value: { ref: 'workspace:数字 LeNet.netloom', name: '数字 LeNet.netloom' },
  })
  const ref = 'workspace:数字 LeNet.netloom'
  expect(await f.host.handlers['file.save']({ ref, text: '{"a":1}' })).toMatchObject({ ok: true })
  expect(await f.host.handlers['file.read']({ ref })).toEqual({
    ok: true,
    value: { ref, name: '数字 LeNet.netloom', text: '{"a":1}' },
  })
  // Nothing is left of the way in which it was written.
  expect(await readdir(f.workspace)).toEqual(['数字 LeNet.netloom'])
})

test('a new project never takes the place of one that is there', async () => {
  await saveAs('Net', 'first')
  expect(await saveAs('net', 'second')).toMatchObject({ value: { name: 'net 2.netloom' } })
  expect(await saveAs('Net.netloom', 'third')).toMatchObject({ value: { name: 'Net 3.netloom' } })
  expect(await readFile(join(f.workspace, 'Net.netloom'), 'utf8')).toBe('first')
})

test('the list has the newest first and only projects', async () => {
  await saveAs('old')
  await saveAs('new')
  await utimes(join(f.workspace, 'old.netloom'), 1, 1)
  await writeFile(join(f.workspace, 'notes.txt'), '')
  await writeFile(join(f.workspace, '.hidden.netloom'), '')
  await mkdir(join(f.workspace, 'folder.netloom'))
  const list = await f.host.handlers['file.list']({})
  expect(list.ok && list.value.map((file) => file.name)).toEqual(['new.netloom', 'old.netloom'])
})

test.each([
  '../evil',
  '..',
  'a/b',
  'a\\b',
  '/etc/passwd',
  'C:evil',
  '',
  ' ',
  '.hidden',
  'null\u0000byte',
  'line\nbreak',
  'CON',
  'lpt1.netloom',
  'what?',
  'x'.repeat(250),
])('the name %j is refused', async (name) => {
  expect(await saveAs(name)).toMatchObject(refused('invalidRequest'))
  expect(await readdir(f.workspace)).toEqual([])
})

test.each([
  ['workspace:../outside.netloom', 'invalidRequest'],
  ['workspace:%2e%2e%2foutside.netloom', 'notFound'],
  ['workspace:/etc/hostname.netloom', 'invalidRequest'],
  ['workspace:notes.txt', 'notAllowed'],
  ['workspace:absent.netloom', 'notFound'],
  ['file:0000', 'notAllowed'],
  ['/etc/passwd', 'notAllowed'],
  ['', 'notAllowed'],
])('reading %j is refused', async (ref, code) => {
  await writeFile(join(f.folder, 'outside.netloom'), 'secret')
  await writeFile(join(f.workspace, 'notes.txt'), 'secret')
  expect(await f.host.handlers['file.read']({ ref })).toMatchObject(refused(code))
})

test('a link that leads out of the workspace is neither read nor written', async () => {
  const secret = join(f.folder, 'secret.netloom')
  await writeFile(secret, 'secret')
  await symlink(secret, join(f.workspace, 'link.netloom'))
  const ref = 'workspace:link.netloom'
  expect(await f.host.handlers['file.read']({ ref })).toMatchObject(refused('notAllowed'))
  expect(await f.host.handlers['file.save']({ ref, text: 'x' })).toMatchObject(refused('notAllowed'))
  expect(await readFile(secret, 'utf8')).toBe('secret')
})

test('a link within the workspace is followed', async () => {
  await saveAs('real', 'text')
  await symlink('real.netloom', join(f.workspace, 'alias.netloom'))
  expect(await f.host.handlers['file.read']({ ref: 'workspace:alias.netloom' })).toMatchObject({
    value: { text: 'text' },
  })
})

test('a workspace that cannot be made: a message', async () => {
  await f.close()
  f = await openHost()
  await f.close()
  await writeFile(f.folder, 'a file where the folder should be')
  expect(await saveAs('Net')).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('a folder stands where') },
  })
})

test('dialogs are not asked where there are none', async () => {
  expect(await f.host.handlers['file.open']({})).toMatchObject(refused('notAllowed'))
  expect(await f.host.handlers['data.pick']({ what: 'file' })).toMatchObject(refused('notAllowed'))
})

test('with dialogs, a handle stands for the path that was chosen', async () => {
  const path = join(f.folder, 'elsewhere.netloom')
  const chosen: (string | null)[] = [path, null, path, null]
  const answer = async () => chosen.shift() ?? null
  const withDialogs = await openHost({
    openProject: answer,
    saveProject: answer,
    openData: answer,
    chooseFolder: answer,
  })
  const { handlers } = withDialogs.host
  const saved = await handlers['file.saveAs']({ name: 'Net', text: 'text' })
  if (!saved.ok || !saved.value) throw new Error('not saved')
  expect(saved.value.ref).not.toContain(f.folder)
  expect(await readFile(path, 'utf8')).toBe('text')
  expect(await handlers['file.saveAs']({ name: 'Net', text: 'text' })).toEqual({ ok: true, value: null })
  const opened = await handlers['file.open']({})
  expect(opened).toEqual({ ok: true, value: { ref: saved.value.ref, name: 'elsewhere.netloom', text: 'text' } })
  expect(await handlers['file.open']({})).toEqual({ ok: true, value: null })
  await withDialogs.close()
})

test('a file that the system asks to open is handed out once', async () => {
  const path = join(f.folder, 'given.netloom')
  await writeFile(path, 'text')
  const told: string[] = []
  f.host.events.listen((name) => told.push(name))
  expect(await f.host.handlers['file.given']({})).toEqual({ ok: true, value: null })
  await f.host.give(path)
  expect(told).toEqual(['given'])
  const given = await f.host.handlers['file.given']({})
  if (!given.ok || given.value === null) throw new Error('nothing was given')
  expect(await f.host.handlers['file.read']({ ref: given.value })).toMatchObject({
    value: { name: 'given.netloom', text: 'text' },
  })
  expect(await f.host.handlers['file.save']({ ref: given.value, text: 'new' })).toMatchObject({ ok: true })
  expect(await readFile(path, 'utf8')).toBe('new')
  expect(await f.host.handlers['file.given']({})).toEqual({ ok: true, value: null })
})

test('handles live over a restart where there is a memory, and the memory forgets the oldest', async () => {
  const memory = join(f.folder, 'files.json')
  const first = await createGrants(memory).grant('/some/file')
  const again = createGrants(memory)
  expect(again.pathOf(first)).toBe('/some/file')
  expect(await again.grant('/some/file')).toBe(first)
  expect(createGrants().pathOf(first)).toBeUndefined()
  for (let i = 0; i < 100; i++) await again.grant(`/other/${i}`)
  const later = createGrants(memory)
  expect(later.pathOf(first)).toBeUndefined()
  await writeFile(memory, '{"broken')
  expect(createGrants(memory).pathOf(first)).toBeUndefined()
})
