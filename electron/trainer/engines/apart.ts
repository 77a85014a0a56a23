import { spawnSync } from 'node:child_process'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'

const SECONDS = 10

/**
 * What a module writes to its standard output. It runs in a process of its own, since a broken driver can end or hang it. `explain` makes a
 * message of what went wrong there, or of the line that names the error.
 */
export function runApart(script: string, explain: (reason: string) => string): Result<string, string> {
  const { error, status, stderr, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    timeout: SECONDS * 1000,
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  if (error && 'code' in error && error.code === 'ETIMEDOUT') return err(failure('engineSilent', { seconds: SECONDS }))
  return status === 0 ? ok(stdout) : err(explain(errorLine(error?.message ?? stderr)))
}

/** The first line that names an error, without the full stop that a sentence around it has itself. */
export function errorLine(said: string): string {
  const lines = said.trim().split('\n')
  return (lines.find((line) => /Error/.test(line)) ?? lines[0] ?? '').replace(/\.$/, '')
}
