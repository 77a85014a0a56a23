import { parseProject, showProjectError } from '#shared/project/parse'
import { err, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { engineNames, type RunSummary, type TrainEvent } from '#shared/training/run'
import type { Built } from './built'
import { readCheckpoint } from './checkpoint'
import { claim, giveBack } from './claim'
import type { Gate } from './gate'
import type { TrainerError } from './protocol'
import { readMetrics, readRunFile, summarize } from './runs'
import { runTraining } from './train'

/** Trains on from the last checkpoint of a run, in its folder, on its engine. */
export async function resumeTraining(
  folder: string,
  emit: (event: TrainEvent) => void,
  signal: AbortSignal,
  gate?: Gate,
  built?: Built,
): Promise<Result<RunSummary, TrainerError>> {
  const run = await readRunFile(folder)
  if (!run.ok) return run
  const { id, state, epochs, epochsDone } = summarize(run.value)
  if (state === 'completed')
    return refuse(
      epochsDone < epochs
        ? failure('runCompleteEarly', { run: id, done: epochsDone, epochs })
        : failure('runComplete', { run: id, epochs }),
    )
  if (state === 'running') return refuse(failure('stillUnderWay', { run: id }))
  if (state === 'paused') return refuse(failure('pausedElsewhere', { run: id }))
  const project = parseProject(run.value.project)
  if (!project.ok) return err({ code: 'invalidProject', message: showProjectError(project.error) })
  const checkpoint = await readCheckpoint(folder)
  if (!checkpoint.ok) return checkpoint
  const { step, epoch } = checkpoint.value.progress
  // What came after the checkpoint happens again.
  const kept = (await readMetrics(folder)).filter(
    (e) =>
      e.kind === 'started' ||
      ((e.kind === 'step' || e.kind === 'statistics') && e.step <= step) ||
      (e.kind === 'epoch' && e.epoch <= epoch),
  )
  const engine = engineNames.find((name) => name === run.value.engine.name) ?? 'auto'
  const claimed = claim(folder, run.value)
  if (!claimed.ok) return claimed
  const from = { checkpoint: checkpoint.value, run: claimed.value, kept }
  const result = await runTraining({ project: project.value, engine, folder, id, from }, emit, signal, gate, built)
  if (!result.ok) await giveBack(folder, claimed.value, run.value)
  return result
}

const refuse = (message: string) => err({ code: 'failed', message } as const)
