import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Electron's executable where it is installed, found by looking for files only: asking the package itself would start a download.
 * ELECTRON_OVERRIDE_DIST_PATH names a folder to take it from, as in Electron's own launcher.
 */
export function electronBinary(root: string, override = process.env.ELECTRON_OVERRIDE_DIST_PATH): string | null {
  const home = join(root, 'node_modules', 'electron')
  const pathFile = join(home, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : override ? 'electron' : null
  if (name === null) return null
  const binary = join(override ?? join(home, 'dist'), name)
  return existsSync(binary) ? binary : null
}
