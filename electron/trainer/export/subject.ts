import type { Project } from '#shared/project/project'
import { ok, type Result } from '#shared/result'
import type { Untrained } from '#shared/training/run'
import type { Compiled } from '../compile'
import { loadRun } from '../loadRun'
import type { Model } from '../model'
import type { TrainerError } from '../protocol'
import type { RunFile } from '../runFile'

/** What is exported: a network with weights, and what is known of its data. */
export interface Subject extends Pick<RunFile, 'name' | 'data' | 'samples' | 'last'> {
  readonly project: Project
  readonly compiled: Compiled
  /** Dispose of it. */
  readonly model: Model
  /** Where no run has trained it. */
  readonly untrained?: Untrained
}

/** A run as it was last saved. */
export async function trainedSubject(folder: string): Promise<Result<Subject, TrainerError>> {
  const loaded = await loadRun(folder, 'wasm')
  if (!loaded.ok) return loaded
  const { compiled, model, project, run } = loaded.value
  const { data, last, name, samples } = run
  return ok({ compiled, model, project, data, last, name, samples })
}
