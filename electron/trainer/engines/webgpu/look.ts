import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { softwareAllowed } from './gpu'

const SECONDS = 10

const packageSchema = z.object({ version: z.string() })
const adapterSchema = z.object({ device: z.string(), software: z.boolean() }).nullable()

/** The library's version and what the GPU is called. */
export interface Seen {
  readonly version: string
  readonly device: string
}

let seen: Result<Seen, string> | null = null

/** Which GPU there is, without opening it here: in a process of its own, since a broken driver can end or hang it. Once per process. */
export function look(): Result<Seen, string> {
  seen ??= ask()
  return seen
}

function ask(): Result<Seen, string> {
  const require = createRequire(import.meta.url)
  let entry: string
  try {
    entry = pathToFileURL(require.resolve('webgpu')).href
  } catch (e) {
    return missing(e instanceof Error ? e.message : String(e))
  }
  const { version } = packageSchema.parse(require('webgpu/package.json'))
  const { error, status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script(entry)],
    { timeout: SECONDS * 1000, encoding: 'utf8', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
  )
  if (error && 'code' in error && error.code === 'ETIMEDOUT') return err(failure('engineSilent', { seconds: SECONDS }))
  if (status !== 0) return missing(error?.message ?? stderr)
  const adapter = adapterSchema.parse(JSON.parse(stdout))
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

/** With the first line that names an error. */
function missing(said: string): Result<never, string> {
  const lines = said.trim().split('\n')
  const reason = lines.find((line) => /Error/.test(line)) ?? lines[0] ?? ''
  return err(failure('webgpuMissing', { reason: reason.replace(/\.$/, '') }))
}
