import { existsSync, readdirSync, renameSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isAlive } from '../processes'

const PREFIX = '.staging-'
/** Within a staging folder, the engine that is about to be replaced. */
export const REPLACED = 'replaced'

/** A folder beside the engines that says which process works in it. */
export const makeStagingIn = (engines: string): Promise<string> => mkdtemp(join(engines, `${PREFIX}${process.pid}-`))

/** Staging folders of processes that were killed. */
export function abandoned(engines: string): readonly string[] {
  if (!existsSync(engines)) return []
  return readdirSync(engines).flatMap((name) => {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN
    return pid > 0 && !isAlive(pid) ? [join(engines, name)] : []
  })
}

/** An installation that was killed just when it had moved the engine before out of the way: that one comes back. */
export function bringBack(engine: string): void {
  if (existsSync(engine)) return
  for (const staging of abandoned(dirname(engine)))
    try {
      renameSync(join(staging, REPLACED), engine)
      return
    } catch {
      // It had moved none, or another process was first.
    }
}
