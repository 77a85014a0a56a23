import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'

const temporaryOf = (path: string): string => `${path}.${randomBytes(4).toString('hex')}.tmp`

/**
 * Writes a file so that at every moment the old or the new content is there, whole: into a temporary file beside it, to the disk, then
 * renamed. Throws the system's error, such as ENOSPC, with the old content untouched. Unlike the usual package for this it notices a
 * disk that fills up in the middle of a write.
 */
export async function writeAtomic(path: string, data: string | Uint8Array): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const mode = await stat(target).then(
    (info) => info.mode,
    () => undefined,
  )
  const temporary = temporaryOf(target)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(data)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, target)
  } catch (e) {
    await rm(temporary, { force: true })
    throw e
  }
}

/** `writeAtomic` for where nothing else may happen meanwhile. */
export function writeAtomicSync(path: string, data: string | Uint8Array): void {
  const exists = statSync(path, { throwIfNoEntry: false })
  const target = exists ? realpathSync(path) : path
  const temporary = temporaryOf(target)
  try {
    const file = openSync(temporary, 'wx', exists?.mode)
    try {
      writeFileSync(file, data)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, target)
  } catch (e) {
    rmSync(temporary, { force: true })
    throw e
  }
}
