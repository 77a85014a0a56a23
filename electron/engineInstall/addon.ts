import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { runCommand } from './command'
import { addonIn, type Manifest, packageIn } from './engineFolder'
import { cancelled, type InstallError } from './error'
import type { Tensorflow } from './findTensorflow'

/** Whether there is a way from the package's source: TensorFlow for Windows keeps no library that can be linked. */
export const canCompile = process.platform !== 'win32'

export const compilerOf = (): string => process.env.CXX ?? 'c++'
export const kind = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-fPIC']
/** TensorFlow's, and those of Node-API. */
export const headersOf = (folder: string, { include }: Tensorflow): string[] =>
  [include, join(folder, 'node_modules', 'node-api-headers', 'include')].map((path) => `-I${path}`)
export const linked = ({ libraries }: Tensorflow): string[] => [
  ...libraries,
  ...[...new Set(libraries.map(dirname))].map((path) => `-Wl,-rpath,${path}`),
]

/**
 * Compiles the package's addon, which speaks to TensorFlow through its stable C API, for a TensorFlow that is there. The libraries are
 * used where they lie, since those of a GPU find theirs from there. Two files of C++ and no more of Node than Node-API: the compiler
 * alone does it.
 */
export async function compileAddon(
  folder: string,
  name: Manifest['package'],
  tensorflow: Tensorflow,
  signal: AbortSignal,
): Promise<Result<null, InstallError>> {
  const compiler = compilerOf()
  const source = packageIn(folder, name)
  const addon = addonIn(folder, name)
  await mkdir(dirname(addon), { recursive: true })
  const args = [
    ...kind,
    ...['-std=c++17', '-O2', '-w', '-DNAPI_VERSION=8'],
    ...[source, join(source, 'binding')].map((path) => `-I${path}`),
    ...headersOf(folder, tensorflow),
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(source, 'binding', file)),
    ...linked(tensorflow),
    ...['-o', addon],
  ]
  const done = await runCommand(compiler, args, { signal })
  if (done.ok) return ok(null)
  switch (done.error.kind) {
    case 'cancelled':
      return cancelled
    case 'missing':
      return err({ code: 'failed', message: failure('compilerMissing', { compiler }) })
    case 'failed':
      return err({
        code: 'failed',
        message: failure('notCompiled', { home: tensorflow.home, reason: done.error.said }),
      })
  }
}
