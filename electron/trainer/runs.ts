import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { err, ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { failure } from '#shared/training/failures'
import { type Ending, type RunDetail, type RunSummary, type TrainEvent, trainEventSchema } from '#shared/training/run'
import { isStillAlive } from '../processes'
import { files, type RunFile, runFileSchema } from './runFile'

export interface RunError {
  readonly code: 'notFound'
  readonly message: string
}

/** `lenet-5-20261121-083012-4f07a1`: sorts by name and time, and is a good folder name everywhere. Many may begin in one second. */
export function newRunId(name: string, now = new Date()): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  const time = now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')
  return `${slug || 'run'}-${time}-${randomBytes(3).toString('hex')}`
}

/** The runs in a folder, newest first. Folders that hold no run are passed over. */
export async function listRuns(folder: string): Promise<readonly RunSummary[]> {
  const names = await readdir(folder).catch(() => [])
  const runs = await Promise.all(names.map((name) => readRunFile(join(folder, name))))
  return runs
    .flatMap((run) => (run.ok ? [summarize(run.value)] : []))
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
}

export async function readRun(folder: string): Promise<Result<RunDetail, RunError>> {
  const run = await readRunFile(folder)
  if (!run.ok) return run
  const events = await readMetrics(folder)
  const started = events.find((e) => e.kind === 'started')
  const finished = events.findLast((e) => e.kind === 'finished')
  return ok({
    summary: summarize(run.value),
    project: run.value.project,
    ...(started && { started }),
    steps: events.filter((e) => e.kind === 'step'),
    epochs: events.filter((e) => e.kind === 'epoch'),
    statistics: events.filter((e) => e.kind === 'statistics'),
    ...(finished && { ending: endingOf(finished) }),
    confusion: run.value.confusion,
  })
}

/** The confusion matrix is not told twice. */
const endingOf = ({ reason, epoch, step, restored, notes }: Ending): Ending => ({
  ...{ reason, epoch, step },
  ...(restored !== undefined && { restored }),
  ...(notes && { notes }),
})

export async function readRunFile(folder: string): Promise<Result<RunFile, RunError>> {
  const file = files.run
  const missing = (reason: string) => err({ code: 'notFound', message: failure('noRun', { folder, reason }) } as const)
  try {
    const run = runFileSchema.safeParse(JSON.parse(await readFile(join(folder, file), 'utf8')))
    return run.success
      ? ok(run.data)
      : missing(phrase('runNotAsExpected', { file, place: run.error.issues[0]?.path.join('.') ?? '' }))
  } catch (e) {
    return missing(phrase(e instanceof SyntaxError ? 'runNotJson' : 'runUnreadable', { file }))
  }
}

/** The curves. A process that was killed may have left half a line at the end: it is passed over. */
export async function readMetrics(folder: string): Promise<TrainEvent[]> {
  const text = await readFile(join(folder, files.metrics), 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    try {
      const event = trainEventSchema.safeParse(JSON.parse(line))
      return event.success ? [event.data] : []
    } catch {
      return []
    }
  })
}

export function summarize(run: RunFile): RunSummary {
  const gone = (run.state === 'running' || run.state === 'paused') && !isAlive(run)
  const error = gone ? failure('lost', {}) : run.error?.message
  return {
    id: run.id,
    name: run.name,
    state: gone ? 'failed' : run.state,
    engine: run.engine.name,
    data: run.data,
    startedAt: run.startedAt,
    epochs: run.epochs,
    epochsDone: run.last?.epoch ?? 0,
    loss: run.last?.loss ?? null,
    valLoss: run.last?.valLoss ?? null,
    valAccuracy: run.last?.valAccuracy ?? null,
    ...(run.last?.valRmse !== undefined && { valRmse: run.last.valRmse }),
    ...(error !== undefined && { error }),
  }
}

/** A number of a process from before the last start of the system may belong to another by now. */
function isAlive(run: RunFile): boolean {
  const booted = Date.now() - uptime() * 1000
  if (Date.parse(run.resumedAt ?? run.startedAt) < booted) return false
  return isStillAlive(run)
}
