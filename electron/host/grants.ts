import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { FileRef } from '#shared/host'
import { writeAtomic } from '../writeAtomic'

const KEPT = 100
const memorySchema = z.array(z.tuple([z.string(), z.string()]))

/** Files that a person chose, by the handles that stand for them. */
export interface Grants {
  grant(path: string): Promise<FileRef>
  pathOf(ref: FileRef): string | undefined
}

/** `memory`: a file that keeps the handles over a restart, so that the last project can be opened again. */
export function createGrants(memory?: string): Grants {
  const paths = new Map<FileRef, string>(memory === undefined ? [] : recall(memory))
  return {
    pathOf: (ref) => paths.get(ref),
    async grant(path) {
      const known = [...paths].find(([, p]) => p === path)
      const ref = known?.[0] ?? `file:${randomUUID()}`
      // Anew at the end: the ones used longest ago are forgotten first.
      paths.delete(ref)
      paths.set(ref, path)
      const kept = [...paths].slice(-KEPT)
      // A handle that cannot be kept is good until the app ends.
      if (memory !== undefined) await writeAtomic(memory, JSON.stringify(kept)).catch(() => {})
      return ref
    },
  }
}

function recall(memory: string): [FileRef, string][] {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(memory, 'utf8')))
  } catch {
    return []
  }
}
