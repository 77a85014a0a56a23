import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** The folder of package.json, from the sources as well as from the built files, wherever the bundler puts them. */
function findRoot(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}
export const root = findRoot()

/** The built entry of the training process. */
export const trainerEntry = join(root, 'dist', 'electron', 'trainer.js')
/** The built interface. */
export const rendererFolder = join(root, 'dist', 'renderer')
export const preloadFile = join(root, 'dist', 'electron', 'preload.cjs')
export const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
