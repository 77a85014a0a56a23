// How fast inference follows edits and how fast the engines train. Not a test: figures depend on the machine.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

prepare()
const { build } = await import('vite')
const outDir = join(root, 'node_modules', '.cache', 'netloom-bench')
await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  build: { ssr: 'tests/bench/index.ts', outDir, emptyOutDir: true, target: 'node20' },
})
// With the garbage collector in reach, so that memory can be measured.
const { status } = spawnSync(process.execPath, ['--expose-gc', join(outDir, 'index.js')], { stdio: 'inherit' })
process.exitCode = status ?? 1
