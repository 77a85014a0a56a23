import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { errorLine, runApart } from '../apart'
import { softwareAllowed } from './gpu'

const packageSchema = z.object({ version: z.string() })
const adapterSchema = z.object({ device: z.string(), software: z.boolean() }).nullable()

/** The library's version and what the GPU is called. */
export interface Seen {
  readonly version: string
  readonly device: string
}

let seen: Promise<Result<Seen, string>> | null = null

/** Which GPU there is, without opening it here: in a process of its own, since a broken driver can end or hang it. Once per process. */
export function look(): Promise<Result<Seen, string>> {
  seen ??= ask()
  return seen
}

async function ask(): Promise<Result<Seen, string>> {
  const require = createRequire(import.meta.url)
  let entry: string
  try {
    entry = pathToFileURL(require.resolve('webgpu')).href
  } catch (e) {
    return err(missing(errorLine(e instanceof Error ? e.message : String(e))))
  }
  const { version } = packageSchema.parse(require('webgpu/package.json'))
  const said = await runApart(script(entry), missing)
  if (!said.ok) return said
  const adapter = adapterSchema.parse(JSON.parse(said.value))
  if (!adapter || (adapter.software && !softwareAllowed())) return err(failure('noWebGpu', {}))
  return ok({ version, device: adapter.device })
}

/** Looks at the GPU as `openGpu` does. */
const script = (entry: string): string => `
import { create } from ${JSON.stringify(entry)}
const gpu = create([])
const info = (await gpu.requestAdapter({ powerPreference: 'high-performance' }))?.info
const found = info ? { device: info.device || info.description, software: info.isFallbackAdapter } : null
process.stdout.write(JSON.stringify(found), () => process.exit())
`

const missing = (reason: string): string => failure('webgpuMissing', { reason })
