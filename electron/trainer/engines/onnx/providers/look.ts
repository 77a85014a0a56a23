import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { OnnxGraph } from '#shared/export/onnx/graph'
import { encodeTraining } from '#shared/export/onnx/model'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { runApart } from '../../apart'
import { look as lookAtGpu } from '../../webgpu/look'
import { createSession, type Session } from '../session'
import type { Provider } from './provider'

const require = createRequire(import.meta.url)

const backendsSchema = z.object({
  binding: z.object({ listSupportedBackends: z.custom<() => unknown>((f) => typeof f === 'function') }),
})
const backendSchema = z.array(z.object({ name: z.string(), bundled: z.boolean() }))

/** What a provider computes on, where it is known. */
export interface Device {
  readonly device?: string
}

const seen = new Map<string, Promise<Result<Device, string>>>()

/** Whether a provider computes here, and on what; or why it does not. Found out once per process. The library itself must be there. */
export function lookAt(provider: Provider): Promise<Result<Device, string>> {
  const known = seen.get(provider.backend) ?? ask(provider)
  seen.set(provider.backend, known)
  return known
}

async function ask({ backend, label, options }: Provider): Promise<Result<Device, string>> {
  const entry = require.resolve('onnxruntime-node/dist/binding.js')
  const { binding } = backendsSchema.parse(require(entry))
  const offered = backendSchema.parse(binding.listSupportedBackends()).find((b) => b.name === backend)
  if (!offered) return err(failure('providerNotOffered', { provider: label }))
  if (!offered.bundled) {
    const missing = missingLibrary(backend)
    if (missing) return err(failure('providerAbsent', { provider: label, ...missing }))
  }
  // It says nothing of what it computes on, and would take a processor that plays a GPU.
  const gpu = backend === 'webgpu' ? await lookAtGpu() : null
  if (gpu && !gpu.ok) return gpu
  const said = await runApart(script(entry, options), (reason) => failure('providerFails', { provider: label, reason }))
  return said.ok ? ok(gpu ? { device: gpu.value.device } : {}) : said
}

/** Of a provider that comes separately: the file that is not there, and where it should be. */
function missingLibrary(backend: string): { readonly file: string; readonly folder: string } | null {
  const file = `libonnxruntime_providers_${backend}.so`
  // Within an archive of Electron only what was in it from the beginning is seen.
  const bin = join(dirname(require.resolve('onnxruntime-node/package.json')), 'bin').replace(
    'app.asar/',
    'app.asar.unpacked/',
  )
  const folder = readdirSync(bin)
    .map((version) => join(bin, version, process.platform, process.arch))
    .find((path) => existsSync(path))
  return folder === undefined || existsSync(join(folder, file)) ? null : { file, folder }
}

/** A graph of one operator, of which `y` is the result for `x`. */
function square(): { readonly model: Uint8Array; readonly y: string } {
  const g = new OnnxGraph({ batch: 1 })
  g.feed('x', [1])
  const y = g.op('Mul', ['x', 'x'])
  return { model: encodeTraining(g, ['x'], [y]), y }
}

const open = new Map<string, Session>()

/** Keeps a provider ready for as long as the process lives: with its last session it would forget its device, and the programs compiled for it. */
export function keepReady(provider: Provider): void {
  if (!open.has(provider.backend)) open.set(provider.backend, createSession(square().model, { threads: 1, provider }))
}

/** Computes with the provider alone. */
function script(entry: string, options: object): string {
  const { model, y } = square()
  return `
import { createRequire } from 'node:module'
const require = createRequire(${JSON.stringify(entry)})
const { binding, initOrt } = require(${JSON.stringify(entry)})
const { Tensor } = require('onnxruntime-common')
initOrt()
const model = Buffer.from('${Buffer.from(model).toString('base64')}', 'base64')
const session = new binding.InferenceSession()
session.loadModel(model.buffer, model.byteOffset, model.byteLength, {
  ...${JSON.stringify(options)},
  logSeverityLevel: 4,
  extra: { session: { disable_cpu_ep_fallback: '1' } },
})
const x = new Tensor('float32', Float32Array.of(3), [1, 1])
const [got] = session.run({ x }, { ${JSON.stringify(y)}: null }, {})[${JSON.stringify(y)}].data
if (got !== 9) throw new Error('3 by 3 came out as ' + got)
process.exit()
`
}
