import { readFile, stat } from 'node:fs/promises'
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

/** All of a file. Devices and pipes are refused: they may have no end, or nobody who writes into them. */
export async function readWhole(path: string): Promise<Result<Buffer, TrainerError>> {
  try {
    return (await isSpecial(path))
      ? invalidData('unusableFile', { path, fault: phrase('isSpecial', {}) })
      : ok(await readFile(path))
  } catch (e) {
    return unreadable(path, e)
  }
}

export async function isSpecial(path: string): Promise<boolean> {
  const found = await stat(path)
  return !found.isFile() && !found.isDirectory()
}

/** The bytes of a file; those of a gzip file unpacked, whatever its name. */
export async function readBytes(path: string): Promise<Result<Buffer, TrainerError>> {
  const read = await readWhole(path)
  if (!read.ok) return read
  const bytes = read.value
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return read
  try {
    return ok(gunzipSync(bytes))
  } catch {
    return invalidData('damagedGzip', { path })
  }
}
