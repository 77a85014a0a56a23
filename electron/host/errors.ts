import type { HostError } from '#shared/host'
import { err } from '#shared/result'

export const fail = (code: HostError['code'], message: string) => err<HostError>({ code, message })

/** What the system said about a file, in words that help. `action` as in `save "Digits.netloom"`. */
export function fileError(error: unknown, action: string) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
      return fail(
        'notFound',
        `Could not ${action}: it is not there any more. Choose it again, or save under another name.`,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return fail(
        'notAllowed',
        `Could not ${action}: the system gives no permission. Choose another place or change the permissions.`,
      )
    case 'ENOSPC':
    case 'EDQUOT':
      return fail(
        'failed',
        `Could not ${action}: the disk is full. Free some space and try again; the earlier file is unchanged.`,
      )
    case 'EISDIR':
    case 'ENOTDIR':
      return fail(
        'failed',
        `Could not ${action}: a folder stands where a file should be, or the reverse. Choose another name.`,
      )
    case 'ENAMETOOLONG':
      return fail('invalidRequest', `Could not ${action}: the name is too long for this disk. Choose a shorter one.`)
    default:
      return fail('failed', `Could not ${action}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
