import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { enginesFolder, TENSORFLOW } from './engineFolder'
import { type InstallError, reasonOf } from './error'
import { abandoned, bringBack, makeStagingIn, REPLACED } from './staging'

/** Makes a folder beside the engines, in which one is prepared, or which takes what is in the way. */
export async function makeStaging(): Promise<string> {
  const engines = enginesFolder()
  await mkdir(engines, { recursive: true })
  bringBack(join(engines, TENSORFLOW))
  for (const left of abandoned(engines)) await rm(left, { recursive: true, force: true })
  return makeStagingIn(engines)
}

/** Puts the engine prepared in a staging folder into its place. The one before goes only when the new one stands. */
export async function placeEngine(staging: string): Promise<void> {
  const target = join(enginesFolder(), TENSORFLOW)
  const old = join(staging, REPLACED)
  const replaces = existsSync(target)
  if (replaces) await rename(target, old)
  try {
    await rename(join(staging, TENSORFLOW), target)
  } catch (e) {
    if (replaces) await rename(old, target)
    throw e
  }
}

/** Takes the installed engine away. */
export async function removeTensorflow(): Promise<Result<null, InstallError>> {
  const folder = join(enginesFolder(), TENSORFLOW)
  const refuse = (message: string) => err<InstallError>({ code: 'failed', message })
  if (!existsSync(folder)) return refuse(failure('nothingInstalled', { folder: enginesFolder() }))
  try {
    const staging = await makeStaging()
    try {
      // In one go: half an engine is none.
      await rename(folder, join(staging, 'removed'))
    } finally {
      await rm(staging, { recursive: true, force: true })
    }
    return ok(null)
  } catch (e) {
    return refuse(failure('engineNotRemoved', { folder, reason: reasonOf(e) }))
  }
}
