import { err, ok, type Result } from '../result'
import { phrase } from '../training/failurePhrases'
import type { ProjectError } from './parse'
import { FORMAT } from './project'

type Raw = Record<string, unknown>

/** `migrations[n]` turns a file of format n into one of format n + 1. Upwards only; one fixture per format, never edited. */
export const migrations: Readonly<Record<number, (file: Raw) => Raw>> = {
  /** Format 2 adds what may be absent: the graph's `comments` and `direction`, and a layer's `weightSettings` and `sharedWith`. */
  1: (file) => ({ ...file, format: 2 }),
}

export function migrate(file: Raw, format: number): Result<Raw, ProjectError> {
  let current = file
  for (let from = format; from < FORMAT; from++) {
    const step = migrations[from]
    if (!step) return err({ code: 'migrationFailed', from, reason: phrase('noMigration', {}) })
    try {
      current = step(current)
    } catch (e) {
      return err({ code: 'migrationFailed', from, reason: e instanceof Error ? e.message : String(e) })
    }
  }
  return ok(current)
}
