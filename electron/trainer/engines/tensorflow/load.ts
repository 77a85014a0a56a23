import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs'
import { z } from 'zod'

const require = createRequire(import.meta.url)

/**
 * Under this symbol an installed engine finds the tfjs of the process that loads it (see `engineInstall/packages.ts`): a tfjs of its
 * own would have its own tensors and its own list of backends.
 */
export const TFJS = Symbol.for('netloom.tfjs')

const backendSchema = z.object({
  binding: z.object({ TF_Version: z.string() }),
  isUsingGpuDevice: z.boolean(),
})

/** Those that an engine lacks which was installed before, or that it has under another name since they compute something else, are not used. */
const operatorsSchema = z.object({
  batchNorm: z.boolean().default(false),
  windows: z.boolean().default(false),
  lstmSequence: z.boolean().default(false),
})
type Operators = z.infer<typeof operatorsSchema>

/** Loads our own operators into the TensorFlow of this process: which of them are there. Those for another processor are not. */
export function loadOperators(file: string): Operators {
  try {
    return operatorsSchema.parse(require(file))
  } catch {
    return { batchNorm: false, windows: false, lstmSequence: false }
  }
}

/** Loads tfjs-node, the folder or name of which is given, into this process. Throws what it throws. */
export function loadNode(entry: string): { readonly version: string; readonly device: 'CPU' | 'GPU' } {
  // Left out of Node since version 23; the package calls them.
  const util = require('node:util') as Record<string, unknown>
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
  util.isArray ??= Array.isArray
  // Only errors: TensorFlow tells of every device and every choice that it makes.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  // Several times as fast; TensorFlow itself uses oneDNN only on processors with AVX-512.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1'
  Reflect.set(globalThis, TFJS, require('@tensorflow/tfjs'))
  require(entry)
  const { binding, isUsingGpuDevice } = backendSchema.parse(tf.findBackend('tensorflow'))
  return { version: binding.TF_Version, device: isUsingGpuDevice ? 'GPU' : 'CPU' }
}
