import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { runCommand } from './command'
import { type Manifest, VERSION } from './engineFolder'
import { cancelled, type InstallError } from './error'

/**
 * What the engine finds as tfjs: that of the process that loads it. The real package would be a second tfjs beside Netloom's own, with
 * tensors and backends of its own, and thirty times as large as all the rest. One kernel of tfjs-node wants the core by its own name.
 */
const stub = { main: 'index.js', version: VERSION }
const stubCode = "module.exports = globalThis[Symbol.for('netloom.tfjs')]\n"
const stubs = ['tfjs', 'tfjs-core'] as const

/** Node-API's headers, for the addon built from source. */
const HEADERS = '1.9.0'

/** Has npm put the package into a folder, which is made, without running any script of a package. */
export async function fetchPackages(
  folder: string,
  name: Manifest['package'],
  signal: AbortSignal,
): Promise<Result<null, InstallError>> {
  for (const stubName of stubs) {
    await mkdir(join(folder, stubName), { recursive: true })
    const about = JSON.stringify({ name: `@tensorflow/${stubName}`, ...stub })
    await writeFile(join(folder, stubName, 'package.json'), about)
    await writeFile(join(folder, stubName, 'index.js'), stubCode)
  }
  const dependencies = {
    ...Object.fromEntries(stubs.map((s) => [`@tensorflow/${s}`, `file:${s}`])),
    [name]: VERSION,
    'node-api-headers': HEADERS,
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }))
  // Links would break when the folder is moved to its place.
  const options = ['--ignore-scripts', '--install-links', '--omit=dev', '--no-package-lock', '--no-audit', '--no-fund']
  const done = await runCommand('npm', ['install', ...options, '--fetch-retries=1'], { cwd: folder, signal })
  if (done.ok) return ok(null)
  switch (done.error.kind) {
    case 'cancelled':
      return cancelled
    case 'missing':
      return err({ code: 'failed', message: failure('npmMissing', {}) })
    case 'failed': {
      const message = failure('packagesNotFetched', { package: name, version: VERSION, reason: done.error.said })
      return err({ code: 'failed', message })
    }
  }
}
