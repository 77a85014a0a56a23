import { spawn } from 'node:child_process'
import { err, ok, type Result } from '#shared/result'

export type CommandFailure =
  /** There is no such program. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'cancelled' }
  /** `said`: what of its words tells most. */
  | { readonly kind: 'failed'; readonly said: string }

const KEPT = 20_000

/** Runs a program to its end and returns what it printed. When it is cancelled, all that it has started ends with it. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, signal }: { readonly cwd?: string; readonly signal: AbortSignal },
): Promise<Result<string, CommandFailure>> {
  const windows = process.platform === 'win32'
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(err({ kind: 'cancelled' }))
    // A group of its own, to be ended as a whole. On Windows npm is a script, which only the shell can start.
    const child = spawn(command, [...args], {
      cwd,
      stdio: 'pipe',
      detached: !windows,
      shell: windows && command === 'npm',
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr = (stderr + chunk).slice(-KEPT)
    })
    child.stdin.end()
    const end = () => {
      if (child.pid === undefined) return
      if (windows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'])
      else process.kill(-child.pid, 'SIGKILL')
    }
    signal.addEventListener('abort', end)
    const settle = (result: Result<string, CommandFailure>) => {
      signal.removeEventListener('abort', end)
      resolve(signal.aborted ? err({ kind: 'cancelled' }) : result)
    }
    child.on('error', (e: NodeJS.ErrnoException) =>
      settle(err(e.code === 'ENOENT' ? { kind: 'missing' } : { kind: 'failed', said: e.message })),
    )
    child.on('close', (code) =>
      settle(code === 0 ? ok(stdout) : err({ kind: 'failed', said: telling(stderr || stdout, code) })),
    )
  })
}

const LONG = 300

/** Of all that a failed program printed, the lines that name the error; else the last. */
function telling(text: string, code: number | null): string {
  const lines = text
    .split('\n')
    // npm tells the same once more in codes.
    .map((line) =>
      line.replace(/^npm error (code|syscall|errno|path|A complete log) .*/, '').replace(/^npm error ?/, ''),
    )
    .map((line) => line.trim())
    .filter(Boolean)
  const errors = lines.filter((line) => /error|fatal|failed|cannot/i.test(line) && !/^at /.test(line))
  const told = (errors.length > 0 ? errors.slice(0, 2) : lines.slice(-2)).join(' · ').replace(/[.\s]+$/, '')
  if (told === '') return `it ended with code ${code ?? 'unknown'} and no word`
  return told.length > LONG ? `${told.slice(0, LONG)}…` : told
}
