import { execFile } from 'node:child_process'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../bin/prepare.mjs'

const run = promisify(execFile)
const npm = (args: readonly string[], cwd: string) => run('npm', args, { cwd, shell: process.platform === 'win32' })
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-install-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the packed package, installed globally, gives a netloom that works without the checkout', async () => {
  const packed = await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root)
  const [{ filename, files }] = JSON.parse(packed.stdout)
  const names = files.map((f: { path: string }) => f.path)
  for (const needed of [
    'bin/netloom.mjs',
    'dist/electron/cli.js',
    'dist/electron/trainer.js',
    'dist/renderer/index.html',
    'LICENSE',
  ])
    expect(names).toContain(needed)
  expect(names.filter((n: string) => /^(shared|renderer|electron|templates|tests|node_modules)\//.test(n))).toEqual([])

  const prefix = join(folder, 'prefix')
  await npm(['install', '--global', '--prefix', prefix, '--prefer-offline', join(folder, filename)], folder)
  const bin = process.platform === 'win32' ? join(prefix, 'netloom.cmd') : join(prefix, 'bin', 'netloom')
  const modules = process.platform === 'win32' ? join(prefix, 'node_modules') : join(prefix, 'lib', 'node_modules')
  // No build tools come along.
  await expect(access(join(modules, 'netloom', 'node_modules', 'vite'))).rejects.toThrow()

  const netloom = (args: readonly string[]) => run(bin, args, { cwd: folder, shell: process.platform === 'win32' })
  const inspected = JSON.parse((await netloom(['inspect', 'lenet5', '--json'])).stdout)
  expect(inspected.totals.params.total).toBe(61_706)
  const engines = JSON.parse((await netloom(['engines', '--json'])).stdout)
  expect(engines.find((e: { name: string }) => e.name === 'wasm')).toMatchObject({ available: true })
}, 240_000)
