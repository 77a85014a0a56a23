import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fetchElectron } from '../../../electron/cli/fetchElectron'

let root: string
const said: string[] = []
beforeEach(async () => {
  said.length = 0
  root = await mkdtemp(join(tmpdir(), 'netloom-fetch-'))
  vi.stubEnv('DISPLAY', ':0')
  vi.stubEnv('ELECTRON_SKIP_BINARY_DOWNLOAD', '')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(root, { recursive: true, force: true })
})

/** A checkout with the `electron` package but without its executable; `get` is the code of the download. */
async function checkout(get: string): Promise<void> {
  const electron = join(root, 'node_modules', 'electron')
  const downloads = join(root, 'node_modules', '@electron', 'get')
  for (const folder of [electron, downloads]) await mkdir(folder, { recursive: true })
  await writeFile(join(electron, 'package.json'), '{"version":"45.0.0"}')
  await writeFile(join(electron, 'checksums.json'), '{"electron.zip":"00"}')
  await writeFile(
    join(electron, 'install.js'),
    `const fs = require('fs'); fs.mkdirSync(__dirname + '/dist'); fs.writeFileSync(__dirname + '/dist/electron', ''); fs.writeFileSync(__dirname + '/path.txt', 'electron')`,
  )
  await writeFile(join(downloads, 'package.json'), '{"type":"module","main":"index.js"}')
  await writeFile(join(downloads, 'index.js'), `export async function downloadArtifact(o) { ${get} }`)
}
const fetching = (patience?: number) => fetchElectron(root, (line) => void said.push(line), patience)

test('Electron is fetched once, with progress', async () => {
  await checkout(
    'for (const transferred of [1e6, 60e6, 61e6, 120e6]) await o.downloadOptions.getProgressCallback({ transferred, total: 120e6 })',
  )
  expect(await fetching()).toBe(join(root, 'node_modules', 'electron', 'dist', 'electron'))
  expect(said).toEqual(['Fetching Electron 45.0.0, once …', '  50 % of 120 MB', '  100 % of 120 MB'])
})

test('the download asks for this version, this machine and the sums of the package', async () => {
  await checkout(
    "if (o.version !== '45.0.0' || o.platform !== process.platform || o.arch !== process.arch || o.checksums['electron.zip'] !== '00') throw new Error('asked wrongly')",
  )
  expect(await fetching()).not.toBeNull()
})

test('without a network it says so in one line and goes on', async () => {
  await checkout("throw new Error('fetch failed')")
  expect(await fetching()).toBeNull()
  expect(said.slice(1)).toEqual([
    'Electron cannot be had now (fetch failed). Netloom opens in a browser instead; it is the same app.',
  ])
})

test('a download of which nothing arrives is given up', async () => {
  await checkout(
    "await new Promise((_, reject) => o.downloadOptions.signal.addEventListener('abort', () => reject(o.downloadOptions.signal.reason)))",
  )
  expect(await fetching(20)).toBeNull()
  expect(said.at(-1)).toContain('nothing arrived for 0.02 seconds')
})

test('nothing is fetched where it is not wanted, where there is no screen, or in an installed package', async () => {
  expect(await fetching()).toBeNull()
  await checkout("throw new Error('asked')")
  vi.stubEnv('ELECTRON_SKIP_BINARY_DOWNLOAD', '1')
  expect(await fetching()).toBeNull()
  if (process.platform === 'linux') {
    vi.stubEnv('ELECTRON_SKIP_BINARY_DOWNLOAD', '')
    vi.stubEnv('DISPLAY', '')
    vi.stubEnv('WAYLAND_DISPLAY', '')
    expect(await fetching()).toBeNull()
  }
  expect(said).toEqual([])
})
