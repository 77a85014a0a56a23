import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ok, type Result } from '#shared/result'
import arithmetic from '../trainer/engines/tensorflow/operators/arithmetic.h?raw'
import convolutionOperators from '../trainer/engines/tensorflow/operators/convolution.cc?raw'
import convolution from '../trainer/engines/tensorflow/operators/convolution.h?raw'
import kernel from '../trainer/engines/tensorflow/operators/kernel.h?raw'
import lstm from '../trainer/engines/tensorflow/operators/lstm.cc?raw'
import module from '../trainer/engines/tensorflow/operators/module.cc?raw'
import product from '../trainer/engines/tensorflow/operators/product.h?raw'
import sequence from '../trainer/engines/tensorflow/operators/sequence.h?raw'
import threads from '../trainer/engines/tensorflow/operators/threads.h?raw'
import tile from '../trainer/engines/tensorflow/operators/tile.h?raw'
import { compilerOf, headersOf, kind, linked } from './addon'
import { runCommand } from './command'
import { operatorsIn } from './engineFolder'
import { cancelled, type InstallError } from './error'
import type { Tensorflow } from './findTensorflow'

const sources = {
  'arithmetic.h': arithmetic,
  'convolution.cc': convolutionOperators,
  'convolution.h': convolution,
  'kernel.h': kernel,
  'lstm.cc': lstm,
  'module.cc': module,
  'product.h': product,
  'sequence.h': sequence,
  'threads.h': threads,
  'tile.h': tile,
}

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
  for (const [name, text] of Object.entries(sources)) await writeFile(join(dirname(target), name), text)
  const args = [
    ...kind,
    ...['-std=c++17', '-O3', '-ffp-contract=fast', '-pthread', '-w', '-DNAPI_VERSION=8'],
    process.arch === 'arm64' ? '-mcpu=native' : '-march=native',
    ...headersOf(folder, tensorflow),
    ...Object.keys(sources)
      .filter((name) => name.endsWith('.cc'))
      .map((name) => join(dirname(target), name)),
    ...linked(tensorflow),
    ...['-o', target],
  ]
  const done = await runCommand(compilerOf(), args, { signal })
  return !done.ok && done.error.kind === 'cancelled' ? cancelled : ok(null)
}
