import { existsSync } from 'node:fs'
import { err, ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { failure } from '#shared/training/failures'
import { runCommand } from './command'
import { addonIn, type Manifest, packages } from './engineFolder'
import { cancelled, type InstallError, reasonOf } from './error'

/** What the package's own script fetches. */
export const PUBLISHED = '2.9.1'
const host = 'https://storage.googleapis.com/tensorflow/libtensorflow/'
const PATIENCE_MS = 10_000

/** For what there is a published build. Its GPU build knows CUDA 11.2 only, which is of use on Windows alone, where nothing newer is. */
const isPublished = (name: Manifest['package']): boolean =>
  process.arch === 'x64' &&
  (name === packages.cpu ? ['linux', 'darwin', 'win32'].includes(process.platform) : process.platform === 'win32')

/** Has the package fetch its published build. */
export async function fetchPublished(
  folder: string,
  name: Manifest['package'],
  signal: AbortSignal,
): Promise<Result<null, InstallError>> {
  const refuse = (message: string) => err<InstallError>({ code: 'failed', message })
  if (!isPublished(name)) return refuse(phrase('noneForSystem', { system: `${process.platform} ${process.arch}` }))
  // The package's script waits for ever where nothing answers.
  const answers = await fetch(host, {
    method: 'HEAD',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  }).catch((e: unknown) => reasonOf(e instanceof Error && e.cause ? e.cause : e))
  if (signal.aborted) return cancelled
  if (typeof answers === 'string') return refuse(phrase('unreachable', { host: new URL(host).host, detail: answers }))
  const options = ['--ignore-scripts=false', '--foreground-scripts']
  const done = await runCommand('npm', ['rebuild', name, ...options], { cwd: folder, signal })
  if (!done.ok) {
    if (done.error.kind === 'cancelled') return cancelled
    return refuse(done.error.kind === 'missing' ? failure('npmMissing', {}) : done.error.said)
  }
  return existsSync(addonIn(folder, name)) ? ok(null) : refuse(phrase('addonMissing', {}))
}
