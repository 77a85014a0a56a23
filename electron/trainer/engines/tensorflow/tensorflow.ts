import { createRequire } from 'node:module'
import { z } from 'zod'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import type { EngineInfo } from '#shared/training/run'
import { installedTensorflow, packages } from '../../../engineInstall/engineFolder'
import { setBackend } from '../backend'
import { copyUpdate } from '../copyUpdate'
import type { Engine } from '../engine'
import { registerBatchNorm } from './batchNorm'
import { compiledCompute } from './compiled/compute'
import { registerConvolution } from './convolution'
import { registerFused } from './fused'
import { registerKernels } from './kernels'
import { loadNode, loadOperators } from './load'
import { registerLstm } from './lstm'
import { registerPooling } from './pooling'

interface Found {
  /** What loads it: a folder, or the name of a package beside Netloom. */
  readonly entry: string
  readonly package: string
  /** The file of our own operators; it may be absent. */
  readonly operators?: string
  readonly info: Partial<EngineInfo> & { readonly version: string }
}

/** The engine that `netloom engines install` has put into its folder, else a package beside Netloom; or why there is none. */
function find(): Result<Found, string> {
  const own = installedTensorflow()
  if (own.kind === 'whole') {
    const { package: name, tensorflow: version = '', device } = own.manifest
    const { entry, operators, outdated } = own
    const info = { version, installed: true, ...(device && { device }), ...(outdated && { outdated }) }
    return ok({ entry, operators, package: name, info })
  }
  const beside = besideNetloom()
  if (beside) return ok(beside)
  return err(own.kind === 'broken' ? own.reason : failure('engineAbsent', {}))
}

const packageSchema = z.object({ version: z.string() })

function besideNetloom(): Found | null {
  const require = createRequire(import.meta.url)
  for (const name of [packages.gpu, packages.cpu])
    try {
      const { version } = packageSchema.parse(require(`${name}/package.json`))
      return { entry: name, package: name, info: { version: `${version} (tfjs-node)` } }
    } catch {
      // Not there: the next one.
    }
  return null
}

/** What is known once it is loaded. */
let loaded: { readonly version: string; readonly device: string } | null = null

/** Native TensorFlow, where the user has installed it. */
export const tensorflow: Engine = {
  name: 'tensorflow',
  async probe() {
    const found = find()
    if (!found.ok) {
      const installed = installedTensorflow().kind !== 'absent'
      return { name: 'tensorflow', version: '', available: false, reason: found.error, ...(installed && { installed }) }
    }
    return { name: 'tensorflow', available: true, ...found.value.info, ...loaded }
  },
  async load() {
    const found = find()
    if (!found.ok)
      return err({
        code: 'unavailable',
        message: failure('engineUnavailable', { engine: 'tensorflow', reason: found.error.replace(/\.$/, '') }),
      })
    const { entry, operators, package: name } = found.value
    try {
      loaded ??= loadNode(entry)
      registerKernels()
      registerFused()
      const own = operators === undefined ? null : loadOperators(operators)
      registerBatchNorm(own?.batchNorm ?? false)
      if (own?.windows) {
        registerConvolution()
        registerPooling()
      }
      if (own?.lstmSequence) registerLstm()
    } catch (e) {
      const reason = (e instanceof Error ? e.message : String(e)).split('\n')[0] ?? ''
      return err({ code: 'unavailable', message: failure('engineNotLoaded', { package: name, reason }) })
    }
    return setBackend('tensorflow')
  },
  update: copyUpdate,
  compute: compiledCompute,
}
