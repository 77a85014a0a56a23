import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare } from '../bin/prepare.mjs'

/** Builds the product once, should the sources have changed. What it measures and installs stays out of the person's own folder. */
export function setup(): (() => void) | undefined {
  prepare()
  if (process.env.NETLOOM_ENGINES) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'netloom-engines-'))
  process.env.NETLOOM_ENGINES = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
