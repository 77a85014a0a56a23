import { parseProject, showProjectError } from '#shared/project/parse'
import type { Project } from '#shared/project/project'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import type { EngineName } from '#shared/training/run'
import { readCheckpoint } from './checkpoint'
import { type Compiled, compile } from './compile'
import { loadEngine } from './engines'
import { Model } from './model'
import type { TrainerError } from './protocol'
import type { RunFile } from './runFile'
import { readRunFile } from './runs'

export interface TrainedRun {
  readonly run: RunFile
  readonly project: Project
  readonly compiled: Compiled
  /** With the weights of the last checkpoint. Dispose of it. */
  readonly model: Model
}

/** A run's network as it was last saved, ready to compute. */
export async function loadRun(folder: string, engineName: EngineName): Promise<Result<TrainedRun, TrainerError>> {
  const run = await readRunFile(folder)
  if (!run.ok) return run
  const checkpoint = await readCheckpoint(folder)
  if (!checkpoint.ok) return checkpoint
  const project = parseProject(run.value.project)
  if (!project.ok) return err({ code: 'invalidProject', message: showProjectError(project.error) })
  const engine = await loadEngine(engineName)
  if (!engine.ok) return engine
  const compiled = compile(project.value.graph)
  if (!compiled.ok) return compiled
  const { inputShape, normalization, targetSize } = run.value.samples
  const data = targetSize === undefined ? undefined : { inputShape, targetSize, normalization }
  const model = new Model(compiled.value, engine.value, project.value.training, data)
  const missing = model.setWeights(checkpoint.value.weights)
  if (missing.length === 0) return ok({ run: run.value, project: project.value, compiled: compiled.value, model })
  model.dispose()
  return err({ code: 'failed', message: failure('checkpointLacks', { weights: missing.join(', ') }) })
}
