import { join } from 'node:path'
import type { Project } from '#shared/project/project'
import { runTraining } from '../../electron/trainer/train'

/** Trains a project in a workspace before its window opens; returns the folder of the run. */
export async function trainedRun(workspace: string, id: string, project: Project): Promise<string> {
  const folder = join(workspace, 'runs', id)
  const trained = await runTraining({ project, engine: 'wasm', folder, id }, () => {}, new AbortController().signal)
  if (!trained.ok) throw new Error(trained.error.message)
  return folder
}
