// How fast inference follows edits, how quickly the window answers, and how fast the engines train. Not a test: figures depend on the
// machine. `npm run bench -- window` measures one part alone.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

prepare()
const { build } = await import('vite')
/** Keeps a module outside of the bundle: it finds the product by its own place. */
const inPlace = {
  name: 'in-place',
  enforce: 'pre',
  resolveId: (id) =>
    id.endsWith('bin/prepare.mjs') ? { id: join(root, 'bin', 'prepare.mjs'), external: 'absolute' } : null,
}
const outDir = join(root, 'node_modules', '.cache', 'netloom-bench')
await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  plugins: [inPlace],
  build: {
    ssr: 'tests/bench/index.ts',
    outDir,
    emptyOutDir: true,
    target: 'node20',
  },
})
// With the garbage collector in reach, so that memory can be measured.
const args = ['--expose-gc', join(outDir, 'index.js'), ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
process.exitCode = status ?? 1
