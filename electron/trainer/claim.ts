import { err, ok, type Result } from '#shared/result'
import { ownProcess } from '../processes'
import { failureOf } from './failure'
import type { TrainerError } from './protocol'
import type { RunFile } from './runFile'
import { readRunFile } from './runs'
import { saveRunFile } from './runWriter'

/**
 * Says in its folder that this process has a run, before the seconds that preparing takes. Of two processes that resume a run at the same
 * moment the one has it that said so last: `isClaimed` tells, once it is prepared.
 */
export function claim(folder: string, { error: _, processStart: __, ...run }: RunFile): Result<RunFile, TrainerError> {
  const claimed: RunFile = { ...run, state: 'running', ...ownProcess(), resumedAt: new Date().toISOString() }
  try {
    saveRunFile(folder, claimed)
    return ok(claimed)
  } catch (e) {
    return err(failureOf(e, folder))
  }
}

export async function isClaimed(folder: string, { pid, resumedAt }: RunFile): Promise<boolean> {
  const now = await readRunFile(folder)
  return now.ok && now.value.state === 'running' && now.value.pid === pid && now.value.resumedAt === resumedAt
}

/** The run is again what it was, if it is still as it was claimed: nothing began. */
export async function giveBack(folder: string, claimed: RunFile, before: RunFile): Promise<void> {
  if (!(await isClaimed(folder, claimed))) return
  try {
    saveRunFile(folder, before)
  } catch {
    // A run whose process is gone can be resumed as well; why nothing began is told already.
  }
}
