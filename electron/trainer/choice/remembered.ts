import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Project } from '#shared/project/project'
import type { EngineInfo } from '#shared/training/run'
import { version } from '../../paths'
import { writeAtomicSync } from '../../writeAtomic'
import { measurementSchema } from './measurement'

const entrySchema = z.object({
  key: z.string(),
  /** By engine: what was measured, or why that failed. */
  engines: z.record(z.string(), z.union([measurementSchema, z.object({ reason: z.string() })])),
})
const fileSchema = z.object({ format: z.literal(1), entries: z.array(entrySchema) })
export type Measured = z.infer<typeof entrySchema>['engines']

/** Networks that are remembered; those measured longest ago go first. */
const KEPT = 300

/** Names a network with its batch, its optimizer and the machine with its engines: what is measured holds as long as none of them changes. */
export function keyOf({ graph, training }: Project, engines: readonly EngineInfo[]): string {
  const network = {
    nodes: graph.nodes.map(({ name: _, position: __, group: ___, ...node }) => node),
    edges: graph.edges,
    training: [training.batchSize, training.optimizer, training.loss],
  }
  const processors = cpus()
  const machine = [processors[0]?.model, processors.length, process.version, version]
  const computing = engines.map((e) => [e.name, e.available, e.version, e.device])
  return createHash('sha256')
    .update(JSON.stringify([network, machine, computing]))
    .digest('hex')
}

/** What is remembered of a network; nothing where the file is not there or damaged. */
export const recall = (file: string, key: string): Measured =>
  read(file).find((entry) => entry.key === key)?.engines ?? {}

/** Adds what was found out about a network. That it cannot be written costs a measurement later, nothing else. */
export function remember(file: string, key: string, engines: Measured): void {
  const others = read(file).filter((entry) => entry.key !== key)
  const entries = [...others, { key, engines }].slice(-KEPT)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeAtomicSync(file, `${JSON.stringify({ format: 1, entries })}\n`)
  } catch {
    // Measured again the next time.
  }
}

function read(file: string): z.infer<typeof fileSchema>['entries'] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).entries
  } catch {
    return []
  }
}
