import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ok, type Result } from '#shared/result'
import { compilerOf, headersOf, kind, linked } from './addon'
import { runCommand } from './command'
import { operatorsIn } from './engineFolder'
import { cancelled, type InstallError } from './error'
import type { Tensorflow } from './findTensorflow'
import { operatorSources } from './operatorSources'

/**
 * Compiles our own operators for TensorFlow, for this very processor. An engine can do without: where they do not compile, it computes
 * the same in smaller steps.
 */
export async function compileOperators(
  folder: string,
  tensorflow: Tensorflow,
  signal: AbortSignal,
): Promise<Result<null, InstallError>> {
  const target = operatorsIn(folder)
  await mkdir(dirname(target), { recursive: true })
  for (const [name, text] of Object.entries(operatorSources)) await writeFile(join(dirname(target), name), text)
  const args = [
    ...kind,
    ...['-std=c++17', '-O3', '-ffp-contract=fast', '-pthread', '-w', '-DNAPI_VERSION=8'],
    process.arch === 'arm64' ? '-mcpu=native' : '-march=native',
    ...headersOf(folder, tensorflow),
    ...Object.keys(operatorSources)
      .filter((name) => name.endsWith('.cc'))
      .map((name) => join(dirname(target), name)),
    ...linked(tensorflow),
    ...['-o', target],
  ]
  const done = await runCommand(compilerOf(), args, { signal })
  return !done.ok && done.error.kind === 'cancelled' ? cancelled : ok(null)
}
