import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { err, ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { type FailureCode, type FailureValues, failure } from '#shared/training/failures'
import type { TrainerError } from '../protocol'

export const invalidData = <C extends FailureCode>(code: C, values: FailureValues<C>) =>
  err({ code: 'invalidData', message: failure(code, values) } as const)

/** Why a path cannot be read, and what to do about it. */
export function unreadable(path: string, e: unknown): ReturnType<typeof invalidData> {
  const code = e instanceof Error && 'code' in e ? e.code : ''
  const what =
    code === 'ENOENT' ? 'absent' : code === 'EISDIR' ? 'isFolder' : code === 'ENOTDIR' ? 'isNoFolder' : 'unreadable'
  return invalidData('unusableFile', { path, fault: phrase(what, {}) })
}

/** The bytes of a file; those of a gzip file unpacked, whatever its name. */
export async function readBytes(path: string): Promise<Result<Buffer, TrainerError>> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (e) {
    return unreadable(path, e)
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return ok(bytes)
  try {
    return ok(gunzipSync(bytes))
  } catch {
    return invalidData('damagedGzip', { path })
  }
}
