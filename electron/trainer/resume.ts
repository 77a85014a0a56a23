import { parseProject, showProjectError } from '#shared/project/parse'
import { err, type Result } from '#shared/result'
import { engineNames, type RunSummary, type TrainEvent } from '#shared/training/run'
import { readCheckpoint } from './checkpoint'
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
): Promise<Result<RunSummary, TrainerError>> {
  const run = await readRunFile(folder)
  if (!run.ok) return run
  const { state, epochs, epochsDone } = summarize(run.value)
  if (state === 'completed')
    return refuse(
      `The run ${run.value.id} is complete: ${epochsDone < epochs ? `it stopped early, after ${epochsDone} of ${epochs} epochs` : `all ${epochs} epochs are done`}.`,
    )
  if (state === 'running') return refuse(`The run ${run.value.id} is still under way. Stop it before resuming it.`)
  if (state === 'paused')
    return refuse(
      `The run ${run.value.id} is paused where it was started. Continue it there, or stop it before resuming it.`,
    )
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
  const from = { checkpoint: checkpoint.value, run: run.value, kept }
  return runTraining({ project: project.value, engine, folder, id: run.value.id, from }, emit, signal, gate)
}

const refuse = (message: string) => err({ code: 'failed', message } as const)
