import { infer } from '#shared/graph/infer'
import { parseProject } from '#shared/project/parse'
import { failure } from '#shared/training/failures'
import { readRunFile } from '../runs'
import { saveRunFile } from '../runWriter'
import { availableMemory, estimated, gigabytes } from './memory'
import { measurementsFile, rememberDeath } from './remembered'

/**
 * Says of a run whose process ran out of memory which batch may do, keeps that with the run, and has `auto` pass the engine over for a
 * while. Null where the run had not begun.
 */
export async function explainRanOut(folder: string, file = measurementsFile()): Promise<string | null> {
  const read = await readRunFile(folder)
  if (!read.ok || read.value.state !== 'running') return null
  const run = read.value
  const project = parseProject(run.project)
  if (!project.ok) return null
  const { plan } = run
  const engine = run.engine.name
  const batch = project.value.training.batchSize
  const { fixed, perSample } = estimated(infer(project.value.graph))
  const needed = gigabytes(plan?.memory ?? fixed + batch * perSample)
  // What was expected was too little: half of it, unless even that was not said to fit.
  const largest = Math.min(batch >> 1, plan?.largestBatch ?? batch)
  const message =
    largest > 0
      ? failure('ranOut', { engine, batch, needed, largest })
      : failure('ranOutBySample', { engine, batch, needed })
  try {
    saveRunFile(folder, { ...run, state: 'failed', error: { code: 'outOfMemory', message } })
  } catch {
    // The message is told all the same.
  }
  rememberDeath(project.value, engine, plan?.available ?? availableMemory(), message, file)
  return message
}
