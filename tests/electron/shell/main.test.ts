import { mkdtempSync, writeFileSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createStandIn } from './standIn'

const folder = mkdtempSync(join(tmpdir(), 'netloom-shell-'))
const stateFile = join(folder, 'window.json')
writeFileSync(stateFile, JSON.stringify({ x: 100, y: 50, width: 1300, height: 850, maximized: true }))
const electron = createStandIn(folder)
vi.doMock('electron', () => electron.module)

beforeAll(async () => {
  const rendererFolder = join(folder, 'page')
  await mkdir(rendererFolder)
  await writeFile(join(rendererFolder, 'index.html'), '<title>page</title>')
  await writeFile(join(folder, 'secret.js'), 'secret')
  vi.doMock('../../../electron/paths', () => ({
    version: '0',
    rendererFolder,
    preloadFile: '/app/preload.cjs',
    trainerEntry: 'absent',
  }))
  process.env.NETLOOM_WORKSPACE = join(folder, 'workspace')
  await import('../../../electron/main')
  await vi.waitFor(() => expect(electron.windows[0]?.url).toBe('netloom://app/'))
})
afterAll(async () => {
  delete process.env.NETLOOM_WORKSPACE
  await rm(folder, { recursive: true })
})

const ourPage = { url: 'netloom://app/', parent: null }
const request = (senderFrame: unknown, name: unknown, args: unknown) =>
  electron.ipc.get('netloom:request')?.({ senderFrame }, name, args)
const load = (url: string) => {
  const serve = electron.protocols.get('netloom')
  if (!serve) throw new Error('no protocol handler')
  return serve({ url })
}
const prevented = (name: string): boolean => {
  const event = { prevented: false, preventDefault: () => void Object.assign(event, { prevented: true }) }
  electron.windows[0]?.webContents.emit(name, event)
  return event.prevented
}

test('the window is isolated, sandboxed and without Node', () => {
  expect(electron.windows).toHaveLength(1)
  expect(electron.windows[0]?.options.webPreferences).toEqual({
    preload: '/app/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
  })
  expect(electron.windows[0]?.shown).toBe(true)
})

test('it opens where it was closed, and writes down where that is', async () => {
  const [window] = electron.windows
  expect(window?.options).toMatchObject({ x: 100, y: 50, width: 1300, height: 850, minWidth: 1024, minHeight: 680 })
  expect(window?.maximized).toBe(true)
  window?.emit('close')
  expect(JSON.parse(await readFile(stateFile, 'utf8'))).toEqual({
    x: 10,
    y: 20,
    width: 1200,
    height: 800,
    maximized: true,
  })
})

test('the page comes from its own scheme, with a strict policy', async () => {
  expect(electron.schemes[0]).toMatchObject({ scheme: 'netloom', privileges: { standard: true, secure: true } })
  const page = await load('netloom://app/')
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('<title>page</title>')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'")
})

test.each(['netloom://app/../secret.js', 'netloom://app/..%2fsecret.js', 'netloom://other/', 'netloom://app/absent'])(
  '%s leads nowhere',
  async (url) => {
    expect((await load(url)).status).toBe(404)
  },
)

test('it goes nowhere else, opens nothing, embeds nothing, grants nothing', () => {
  expect(prevented('will-navigate')).toBe(true)
  expect(prevented('will-attach-webview')).toBe(true)
  expect(electron.windows[0]?.webContents.openHandler()).toEqual({ action: 'deny' })
  const decisions: unknown[] = []
  electron.permissions.request({}, 'media', (granted: boolean) => decisions.push(granted))
  expect(decisions).toEqual([false])
  expect(electron.permissions.check({}, 'clipboard-read')).toBe(false)
})

test('a request of our page is answered', async () => {
  expect(await request(ourPage, 'app.info', {})).toMatchObject({
    ok: true,
    value: { dialogs: true, locale: 'zh-CN', workspace: join(folder, 'workspace') },
  })
})

test.each<[string, unknown]>([
  ['another address', { url: 'https://evil.example/', parent: null }],
  ['an address that starts alike', { url: 'netloom://app.evil.example/', parent: null }],
  ['a file', { url: 'file:///tmp/x.html', parent: null }],
  ['a frame within our page', { ...ourPage, parent: ourPage }],
  ['a frame that is gone', null],
])('a request from %s is refused', async (_name, frame) => {
  expect(await request(frame, 'app.info', {})).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
})

test('requests are checked as on every transport', async () => {
  expect(await request(ourPage, 'shell.run', {})).toMatchObject({ error: { code: 'invalidRequest' } })
  expect(await request(ourPage, 'file.read', { ref: 1 })).toMatchObject({ error: { code: 'invalidRequest' } })
  expect(await request(ourPage, undefined, undefined)).toMatchObject({ error: { code: 'invalidRequest' } })
})

test('files are opened and saved through the system dialogs', async () => {
  const path = join(folder, 'net.netloom')
  electron.answers.save = path
  const saved = await request(ourPage, 'file.saveAs', { name: 'Net', text: 'text' })
  expect(saved).toMatchObject({ ok: true, value: { name: 'net.netloom' } })
  electron.answers.open = [path]
  expect(await request(ourPage, 'file.open', {})).toMatchObject({ ok: true, value: { text: 'text' } })
  electron.answers.open = []
  electron.answers.save = ''
  expect(await request(ourPage, 'file.open', {})).toEqual({ ok: true, value: null })
  expect(await request(ourPage, 'file.saveAs', { name: 'Net', text: 'text' })).toEqual({ ok: true, value: null })
})

test('a file that the system asks to open reaches the page, which is told', async () => {
  const sent = electron.windows[0]?.webContents.sent ?? []
  const opened = { preventDefault: vi.fn() }
  for (const ask of [
    () => electron.module.app.emit('open-file', opened, join(folder, 'one.netloom')),
    () => electron.module.app.emit('second-instance', {}, ['electron', '/app', join(folder, 'two.netloom')]),
  ]) {
    sent.length = 0
    ask()
    await vi.waitFor(() => expect(sent).toEqual([['netloom:event', 'given', {}]]))
    expect(await request(ourPage, 'file.given', {})).toMatchObject({ ok: true, value: expect.stringMatching(/^file:/) })
  }
  expect(opened.preventDefault).toHaveBeenCalled()
})

test('unsaved work is lost only when somebody says so', () => {
  electron.answers.box = 0
  expect(prevented('will-prevent-unload')).toBe(false)
  electron.answers.box = 1
  expect(prevented('will-prevent-unload')).toBe(true)
})

test('quitting closes the host first, once', async () => {
  const event = { prevented: false, preventDefault: () => void Object.assign(event, { prevented: true }) }
  electron.module.app.emit('before-quit', event)
  expect(event.prevented).toBe(true)
  await vi.waitFor(() => expect(electron.module.app.quits).toBe(1))
  const second = { preventDefault: vi.fn() }
  electron.module.app.emit('before-quit', second)
  expect(second.preventDefault).not.toHaveBeenCalled()
})
