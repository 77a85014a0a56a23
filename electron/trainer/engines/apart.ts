import { spawnSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { err, ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { failure } from '#shared/training/failures'

const SECONDS = 10

/**
 * What a module writes to its standard output. It runs in a process of its own, since a broken driver can end or hang it. `explain` makes a
 * message of what went wrong there, or of the line that names the error.
 */
export function runApart(script: string, explain: (reason: string) => string): Result<string, string> {
  const { error, signal, status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script],
    {
      timeout: SECONDS * 1000,
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    },
  )
  if (error && 'code' in error && error.code === 'ETIMEDOUT') return err(failure('engineSilent', { seconds: SECONDS }))
  if (signal) return err(explain(phrase('endedBySignal', { signal })))
  return status === 0 ? ok(stdout) : err(explain(errorLine(error?.message ?? stderr)))
}

/** The first line that names an error, without what a log writes before it, and the full stop that a sentence around it has itself. */
export function errorLine(said: string): string {
  const lines = stripVTControlCharacters(said).trim().split('\n')
  const line = lines.find((l) => /^\w*Error: |ONNXRuntimeError/.test(l)) ?? lines[0] ?? ''
  return line.replace(/^.*\[ONNXRuntimeError\] : \d+ : \w+ : /, '').replace(/\.$/, '')
}
