import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { type EngineTest, type InstallStep, installStep } from '#shared/training/installation'
import type { Trainer } from '../trainer/client'
import { writeAtomic } from '../writeAtomic'
import { canCompile, compileAddon } from './addon'
import { enginesFolder, type Manifest, manifestIn, packages, TENSORFLOW, VERSION } from './engineFolder'
import { cancelled, type InstallError, reasonOf } from './error'
import { findTensorflow, type Tensorflow, tensorflowInUse } from './findTensorflow'
import { operatorsVersion } from './operatorSources'
import { compileOperators } from './operators'
import { fetchPackages } from './packages'
import { makeStaging, placeEngine } from './place'
import { fetchPublished, PUBLISHED } from './published'

export interface InstallOptions {
  readonly trainer: Trainer
  /** Only an engine that computes on a GPU is taken. */
  readonly gpu: boolean
  /**
   * A Python that has TensorFlow, the folder of its virtual environment, or of libtensorflow: the published build is not asked for. Without
   * it an engine that was compiled is compiled for the same TensorFlow again.
   */
  readonly from?: string | undefined
  onStep(step: InstallStep): void
  readonly signal: AbortSignal
}

/**
 * Installs the engine tensorflow into its folder. It is prepared beside it and takes its place only when it has passed its test; where
 * something fails or is cancelled, nothing remains of it, and the engine that was there before stays.
 */
export async function installTensorflow(options: InstallOptions): Promise<Result<EngineTest, InstallError>> {
  try {
    const staging = await makeStaging()
    try {
      const tested = await prepare(staging, options)
      if (tested.ok) await placeEngine(staging)
      return tested
    } finally {
      await rm(staging, { recursive: true, force: true })
    }
  } catch (e) {
    const message = failure('engineNotPlaced', { folder: enginesFolder(), reason: reasonOf(e) })
    return err({ code: 'failed', message })
  }
}

async function prepare(staging: string, o: InstallOptions): Promise<Result<EngineTest, InstallError>> {
  const name = o.gpu ? packages.gpu : packages.cpu
  const folder = join(staging, TENSORFLOW)
  // What a person names is looked at before anything is fetched.
  const used = o.from === undefined ? tensorflowInUse(o.gpu) : null
  const named = used ? ok(used) : o.from === undefined ? null : await search(o)
  if (named && !named.ok) return named
  o.onStep(installStep('packages', { package: name, version: VERSION }))
  const fetched = await fetchPackages(folder, name, o.signal)
  if (!fetched.ok) return fetched
  if (!named) {
    o.onStep(installStep('published', { version: PUBLISHED }))
    const published = await fetchPublished(folder, name, o.signal)
    const tested = published.ok ? await test(staging, { package: name, libraries: [] }, o) : published
    if (tested.ok || tested.error.code === 'cancelled') return tested
    o.onStep(installStep('unpublished', { reason: tested.error.message.replace(/\.$/, '') }))
  }
  const found = named ?? (await search(o))
  if (!found.ok) return found
  const { home, version, libraries } = found.value
  o.onStep(installStep('compile', { version, home }))
  const compiled = await compileAddon(folder, name, found.value, o.signal)
  if (!compiled.ok) return compiled
  const operators = await compileOperators(folder, found.value, o.signal)
  if (!operators.ok) return operators
  return test(staging, { package: name, libraries: [...libraries], operators: operatorsVersion }, o)
}

async function search({ from, onStep, signal }: InstallOptions): Promise<Result<Tensorflow, InstallError>> {
  if (!canCompile) return err({ code: 'failed', message: failure('noSourceBuild', {}) })
  onStep(installStep('search', {}))
  return findTensorflow(from, signal)
}

/** Loads the prepared engine in a process of its own, has it compute, and notes what it is. */
async function test(staging: string, manifest: Manifest, { trainer, gpu, onStep, signal }: InstallOptions) {
  onStep(installStep('test', {}))
  const file = manifestIn(join(staging, TENSORFLOW))
  await writeAtomic(file, JSON.stringify(manifest))
  const job = trainer.testEngine('tensorflow', staging)
  signal.addEventListener('abort', job.kill)
  const tested = await job.done
  signal.removeEventListener('abort', job.kill)
  if (signal.aborted) return cancelled
  const fail = (message: string) => err<InstallError>({ code: 'failed', message })
  if (!tested.ok) return fail(failure('engineTestFailed', { reason: tested.error.message.replace(/\.$/, '') }))
  const { version, device } = tested.value
  if (gpu && device !== 'GPU') return fail(failure('noGpuFound', { version }))
  await writeAtomic(file, JSON.stringify({ ...manifest, tensorflow: version, ...(device && { device }) }))
  return ok(tested.value)
}
