import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { phrase } from '#shared/training/failurePhrases'
import { failure } from '#shared/training/failures'
import type { TrainerError } from './protocol'
import { files } from './runFile'

/** What the system says about a file, in words that help; null for any other error. */
function systemFault(e: unknown): string | null {
  switch (e instanceof Error && 'code' in e ? e.code : '') {
    case 'ENOSPC':
    case 'EDQUOT':
      return phrase('diskFull', {})
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return phrase('noPermission', {})
    case 'ENOENT':
      return phrase('folderGone', {})
    case 'EEXIST':
    case 'ENOTDIR':
      return phrase('fileThere', {})
    default:
      return null
  }
}

/** Why a training ended that nobody ended, and what is left of it. */
export function failureOf(e: unknown, folder: string): TrainerError {
  const fault = systemFault(e)
  if (fault === null) return { code: 'failed', message: failure('trainingFailed', { reason: messageOf(e) }) }
  const resumable = existsSync(join(folder, files.last))
  return { code: 'failed', message: failure(resumable ? 'notWrittenOn' : 'notWritten', { folder, fault }) }
}

/** Why an export was not written. */
export const exportFailure = (e: unknown, to: string): TrainerError => ({
  code: 'failed',
  message: failure('exportFailed', { to, fault: systemFault(e) ?? messageOf(e) }),
})

const messageOf = (e: unknown): string => (e instanceof Error ? e.message.replace(/\.$/, '') : String(e))
