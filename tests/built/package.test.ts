import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../bin/prepare.mjs'

interface Asar {
  listPackage(archive: string): string[]
  extractFile(archive: string, file: string): Buffer
}

const run = promisify(execFile)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-package-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the packaged app holds what it needs to run, and nothing else', async ({ skip }) => {
  if (process.platform !== 'linux') return skip('the stub of the runtime is made for Linux')
  // Only the list of files is looked at: a stub takes the place of Electron.
  const stub = join(folder, 'electron')
  await mkdir(stub)
  await writeFile(join(stub, 'electron'), '#!/bin/sh\n')
  await chmod(join(stub, 'electron'), 0o755)
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const output = join(folder, 'release')
  await run(
    process.execPath,
    [builder, '--linux', 'dir', `-c.electronDist=${stub}`, `-c.directories.output=${output}`],
    { cwd: root },
  )

  const asar: Asar = createRequire(import.meta.url)('@electron/asar')
  const archive = join(output, 'linux-unpacked', 'resources', 'app.asar')
  const files = asar.listPackage(archive)
  for (const needed of [
    '/package.json',
    '/dist/electron/main.js',
    '/dist/electron/preload.cjs',
    '/dist/electron/trainer.js',
    '/dist/renderer/index.html',
    '/node_modules/@tensorflow/tfjs/package.json',
    '/node_modules/@tensorflow/tfjs-backend-wasm/package.json',
    '/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
    '/node_modules/@tensorflow/tfjs-backend-webgpu/package.json',
    `/node_modules/webgpu/dist/linux-${process.arch}/dawn.node`,
    '/node_modules/ws/package.json',
    '/node_modules/zod/package.json',
  ])
    expect(files).toContain(needed)
  expect(files.filter((f) => /onnxruntime-node\/bin\/napi-v6\/(darwin|win32)/.test(f))).toEqual([])
  expect(files.filter((f) => f.endsWith('/dawn.node'))).toHaveLength(1)
  // What is compiled on the user's machine comes along within the bundle.
  const scripts = files.filter((f) => /^\/dist\/electron\/.*\.js$/.test(f))
  expect(scripts.some((f) => asar.extractFile(archive, f.slice(1)).includes('TF_RegisterOpDefinition'))).toBe(true)
  const top = new Set(files.map((f) => f.split('/')[1]))
  expect([...top].sort()).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json'])
  for (const absent of ['typescript', 'vite', 'electron', 'react', '@mantine', 'playwright-core'])
    expect(files).not.toContain(`/node_modules/${absent}`)
})
