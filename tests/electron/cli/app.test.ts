import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../../bin/prepare.mjs'
import { findBrowser } from '../../../electron/cli/browsers'
import { electronBinary } from '../../../electron/cli/electronBinary'
import { ended, netloom, printed, start } from './netloom'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-app-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A program that stands in for another on this machine. */
async function program(name: string, lines: readonly string[]): Promise<string> {
  const home = join(folder, `${name}-home`)
  await mkdir(home, { recursive: true })
  await writeFile(join(home, name), [`#!${process.execPath}`, ...lines, ''].join('\n'))
  await chmod(join(home, name), 0o755)
  return home
}
const environment = (more: Record<string, string>) => ({
  PATH: '/nonexistent',
  HOME: folder,
  XDG_CACHE_HOME: folder,
  NETLOOM_WORKSPACE: join(folder, 'workspace'),
  // No test fetches a hundred megabytes.
  ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
  ...more,
})

test('Electron is found by its files, and is not asked for where they are missing', async () => {
  const checkout = join(folder, 'checkout')
  const home = join(checkout, 'node_modules', 'electron')
  expect(electronBinary(checkout, undefined)).toBeNull()
  await mkdir(join(home, 'dist'), { recursive: true })
  await writeFile(join(home, 'path.txt'), 'electron')
  expect(electronBinary(checkout, undefined)).toBeNull()
  await writeFile(join(home, 'dist', 'electron'), '')
  expect(electronBinary(checkout, undefined)).toBe(join(home, 'dist', 'electron'))
  expect(electronBinary(checkout, join(folder, 'elsewhere'))).toBeNull()
})

test('a browser is found on the path', async () => {
  const home = await program('google-chrome', [])
  expect(findBrowser('linux', { PATH: `/nonexistent:${home}` })).toBe(join(home, 'google-chrome'))
  expect(findBrowser('linux', { PATH: '/nonexistent' })).toBeNull()
  expect(findBrowser('linux', {})).toBeNull()
})

test('where Electron is, the app opens in it', async () => {
  const note = join(folder, 'electron-arguments')
  const home = await program('electron', [
    `require('fs').writeFileSync(${JSON.stringify(note)}, JSON.stringify([process.argv.slice(2), process.env.NETLOOM_WORKSPACE]))`,
  ])
  const env = environment({ ELECTRON_OVERRIDE_DIST_PATH: home })
  expect(await netloom(['app', '--workspace', '/some/where'], { env })).toMatchObject({ code: 0 })
  const [args, workspace] = JSON.parse(await readFile(note, 'utf8'))
  expect(args.at(-1)).toBe(root)
  expect(workspace).toBe('/some/where')
})

test('else in the window of a browser, and closing it ends the app', async () => {
  const note = join(folder, 'seen')
  const home = await program('chromium', [
    `const url = process.argv.find((a) => a.startsWith('--app=')).slice(6)`,
    `fetch(url, { redirect: 'manual' }).then((r) => require('fs').writeFileSync(${JSON.stringify(note)}, r.status + ' ' + process.argv.join(' ')))`,
  ])
  const result = await netloom(['app', '--port', '0'], { env: environment({ PATH: home }) })
  expect(result.code).toBe(0)
  const seen = await readFile(note, 'utf8')
  expect(seen).toContain('303 ')
  expect(seen).toContain('--user-data-dir=')
})

test('a browser that fails leaves the address to be opened by hand', async () => {
  const home = await program('chromium', ['process.exit(1)'])
  const child = start(['app', '--port', '0'], { env: environment({ PATH: home }) })
  const end = ended(child)
  await printed(child, /The window could not be opened/)
  child.kill('SIGINT')
  expect(await end).toMatchObject({ code: 0 })
})

test('else the address is printed, and Ctrl-C ends in order', async () => {
  const child = start(['app', '--port', '0'], { env: environment({}) })
  const end = ended(child)
  await printed(child, /Open this address in a browser/)
  child.kill('SIGINT')
  const { code, stdout } = await end
  expect(code).toBe(0)
  expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}/)
})

test('serve prints the address; a port that is taken is said', async () => {
  const first = start(['serve', '--port', '0'], { env: environment({}) })
  const address = new URL(await printed(first, /http:\S+/))
  const second = await netloom(['serve', '--port', address.port], { env: environment({}) })
  expect(second.code).toBe(1)
  expect(second.stderr).toContain(`Port ${address.port} is taken`)
  const end = ended(first)
  first.kill('SIGTERM')
  expect(await end).toMatchObject({ code: 0 })
})
