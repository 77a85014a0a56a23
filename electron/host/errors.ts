import type { HostError } from '#shared/host'
import { err } from '#shared/result'
import { type PhraseCode, phrase } from '#shared/training/failurePhrases'
import { type FailureCode, type FailureValues, failure } from '#shared/training/failures'

export const fail = <C extends FailureCode>(code: HostError['code'], what: C, values: FailureValues<C>) =>
  err<HostError>({ code, message: failure(what, values) })

type Action = Extract<PhraseCode, 'open' | 'save' | 'store' | 'create' | 'list'>

/** What the system said about a file, in words that help. `file`: a path, or a name in quotation marks. */
export function fileError(error: unknown, act: Action, file: string) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const about = { action: phrase(act, {}), file }
  switch (code) {
    case 'ENOENT':
      return act === 'open' ? fail('notFound', 'openGone', { file }) : fail('notFound', 'fileGone', about)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return fail('notAllowed', 'noPermission', about)
    case 'ENOSPC':
    case 'EDQUOT':
      return fail('failed', 'diskFull', about)
    case 'EISDIR':
    case 'ENOTDIR':
      return fail('failed', 'folderThere', about)
    case 'ENAMETOOLONG':
      return fail('invalidRequest', 'longForDisk', about)
    default:
      return fail('failed', 'fileFault', { ...about, reason: error instanceof Error ? error.message : String(error) })
  }
}
