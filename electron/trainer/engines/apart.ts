import { type ExecFileException, execFile } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { err, ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { failure } from '#shared/training/failures'

/**
 * What a module writes to its standard output. It runs in a process of its own, since a broken driver can end or hang it. `explain` makes a
 * message of what went wrong there, or of the line that names the error. After so many `seconds` it is ended.
 */
export async function runApart(
  script: string,
  explain: (reason: string) => string,
  seconds = 10,
): Promise<Result<string, string>> {
  const { error, stdout, stderr } = await run(script, seconds)
  if (!error) return ok(stdout)
  if (error.killed) return err(failure('engineSilent', { seconds }))
  if (error.signal) return err(explain(phrase('endedBySignal', { signal: error.signal })))
  // A program that could not be started has a code that is no number.
  return err(explain(errorLine(typeof error.code === 'number' ? stderr : error.message)))
}

interface Ended {
  readonly error: ExecFileException | null
  readonly stdout: string
  readonly stderr: string
}

function run(script: string, seconds: number): Promise<Ended> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { env },
      (error, stdout, stderr) => {
        clearTimeout(patience)
        resolve({ error, stdout, stderr })
      },
    )
    // A turn later: where this process has been busy meanwhile, the answer is there, and is read first.
    const patience = setTimeout(() => setImmediate(() => child.kill('SIGKILL')), seconds * 1000)
  })
}

/** The first line that names an error, without what a log writes before it, and the full stop that a sentence around it has itself. */
export function errorLine(said: string): string {
  const lines = stripVTControlCharacters(said).trim().split('\n')
  const line = lines.find((l) => /^\w*Error: |ONNXRuntimeError/.test(l)) ?? lines[0] ?? ''
  return line.replace(/^.*\[ONNXRuntimeError\] : \d+ : \w+ : /, '').replace(/\.$/, '')
}
