import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (e) {
    return e instanceof Error && 'code' in e && e.code === 'EPERM'
  }
}

/** How long Windows and macOS may take to tell. In milliseconds. */
const PATIENCE = 10_000

/**
 * When a process started, as the system says it: the same text for the same process, another for one that got its number later. Null
 * where there is none or nothing is told.
 */
export function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      // Field 22, in ticks since the start of the system; the second one, the name in brackets, may hold anything.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
    }
    const ask: readonly [string, ...string[]] =
      process.platform === 'win32'
        ? ['powershell', '-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.Ticks`]
        : ['ps', '-o', 'lstart=', '-p', String(pid)]
    const [command, ...args] = ask
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
    const told = execFileSync(command, args, { env, encoding: 'utf8', timeout: PATIENCE, stdio: 'pipe' }).trim()
    return told === '' ? null : told
  } catch {
    return null
  }
}

/** This process, as a file names it: its number, and what tells it from a later one of that number. */
export interface ProcessName {
  readonly pid: number
  readonly processStart?: string
}
let own: ProcessName | undefined
export function ownProcess(): ProcessName {
  if (own === undefined) {
    const processStart = startOf(process.pid)
    own = { pid: process.pid, ...(processStart !== null && { processStart }) }
  }
  return own
}

/** Is it still the process that was named? Where the system does not tell when one started, any of that number is taken for it. */
export function isStillAlive({ pid, processStart }: ProcessName): boolean {
  if (!isAlive(pid)) return false
  const now = processStart === undefined ? null : startOf(pid)
  return now === null || now === processStart
}
