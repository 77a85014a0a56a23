import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { err, ok, type Result } from '#shared/result'
import type { TrainerError } from '../protocol'

export const invalidData = (message: string) => err({ code: 'invalidData', message } as const)

/** Why a path cannot be read, and what to do about it. */
export function unreadable(path: string, e: unknown): ReturnType<typeof invalidData> {
  const code = e instanceof Error && 'code' in e ? e.code : ''
  const reason =
    code === 'ENOENT'
      ? 'it does not exist'
      : code === 'EISDIR'
        ? 'it is a folder'
        : code === 'ENOTDIR'
          ? 'it is not a folder'
          : 'it cannot be read'
  return invalidData(`The file ${path} is not usable: ${reason}. Check the path.`)
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
    return invalidData(`The gzip file ${path} is damaged or cut short. Copy or download it again.`)
  }
}
