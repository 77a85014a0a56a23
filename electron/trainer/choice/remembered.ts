import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Project } from '#shared/project/project'
import type { EngineInfo } from '#shared/training/run'
import { enginesFolder } from '../../engineInstall/engineFolder'
import { version } from '../../paths'
import { writeAtomicSync } from '../../writeAtomic'
import { measurementSchema } from './measurement'

const reasonSchema = z.object({ reason: z.string() })
const entrySchema = z.object({
  network: z.string(),
  machine: z.string(),
  /** By engine: what was measured, or why that failed. */
  engines: z.record(z.string(), z.union([measurementSchema, reasonSchema])),
})
/** An engine ran out of memory on a network. */
const deathSchema = reasonSchema.extend({
  network: z.string(),
  engine: z.string(),
  /** Bytes that were free for it. */
  free: z.number(),
  /** Milliseconds since 1970. */
  at: z.number(),
})
const fileSchema = z.object({ format: z.literal(2), entries: z.array(entrySchema), deaths: z.array(deathSchema) })
type Kept = z.infer<typeof fileSchema>
export type Measured = z.infer<typeof entrySchema>['engines']

/** Where it is remembered: beside the engines that are installed. */
export const measurementsFile = (): string => join(enginesFolder(), 'measurements.json')

/** Networks that are remembered; those measured longest ago go first. */
const KEPT = 300
/** An engine that ran out of memory is tried again where so many times as much is free, or after a day: others may have held it. */
const ROOMIER = 1.5
const DAY = 86_400_000

/** What measurements hold for, as long as neither changes. */
export interface Key {
  /** A network with its batch and its optimizer. */
  readonly network: string
  /** This machine with its engines. */
  readonly machine: string
}

export function keyOf(project: Project, engines: readonly EngineInfo[]): Key {
  const processors = cpus()
  const machine = [processors[0]?.model, processors.length, process.version, version]
  const computing = engines.map((e) => [e.name, e.available, e.version, e.device, e.outdated])
  return { network: networkKey(project), machine: hash([machine, computing]) }
}

const networkKey = ({ graph, training }: Project): string =>
  hash([
    graph.nodes.map(({ name: _, position: __, group: ___, ...node }) => node),
    graph.edges,
    [training.batchSize, training.optimizer, training.loss],
  ])

const hash = (what: unknown): string => createHash('sha256').update(JSON.stringify(what)).digest('hex')

/** What is remembered of a network; nothing where the file is not there or damaged. */
export const recall = (file: string, { network, machine }: Key): Measured =>
  read(file).entries.find((entry) => entry.network === network && entry.machine === machine)?.engines ?? {}

/** Engines that have trained any network on this machine, and so have passed their check in this version. */
export const proven = (file: string, { machine }: Key): ReadonlySet<string> =>
  new Set(
    read(file)
      .entries.filter((entry) => entry.machine === machine)
      .flatMap(({ engines }) => Object.keys(engines).filter((name) => 'loss' in (engines[name] ?? {}))),
  )

/** Engines that ran out of memory on a network, with the reason, as long as they would again. `free`: bytes that are free now. */
export function ranOut(file: string, { network }: Pick<Key, 'network'>, free: number): ReadonlyMap<string, string> {
  const lasting = read(file).deaths.filter(
    (death) => death.network === network && free < ROOMIER * death.free && Date.now() - death.at < DAY,
  )
  return new Map(lasting.map(({ engine, reason }) => [engine, reason]))
}

/** Adds what was found out about a network. That it cannot be written costs a measurement later, nothing else. */
export function remember(file: string, { network, machine }: Key, engines: Measured): void {
  const { entries, deaths } = read(file)
  const others = entries.filter((entry) => entry.network !== network || entry.machine !== machine)
  write(file, {
    entries: [...others, { network, machine, engines }].slice(-KEPT),
    // What computed has had its memory.
    deaths: deaths.filter((death) => death.network !== network || !('loss' in (engines[death.engine] ?? {}))),
  })
}

/** Adds that an engine ran out of memory on a network. */
export function rememberDeath(project: Project, engine: string, free: number, reason: string, file: string): void {
  const network = networkKey(project)
  const { entries, deaths } = read(file)
  const others = deaths.filter((death) => death.network !== network || death.engine !== engine)
  write(file, { entries, deaths: [...others, { network, engine, free, at: Date.now(), reason }].slice(-KEPT) })
}

function write(file: string, kept: Omit<Kept, 'format'>): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeAtomicSync(file, `${JSON.stringify({ format: 2, ...kept })}\n`)
  } catch {
    // Measured again the next time.
  }
}

function read(file: string): Omit<Kept, 'format'> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { entries: [], deaths: [] }
  }
}
