import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FittingRun } from '#shared/host'
import { parseProject } from '#shared/project/parse'
import type { Project } from '#shared/project/project'
import { fittingWeights } from '#shared/training/startFrom'
import { files } from '../trainer/runFile'
import { listRuns, readRunFile } from '../trainer/runs'

/** The runs in a folder that hold weights which a training of this project could begin with, newest first. */
export async function fittingRuns(folder: string, { graph }: Project): Promise<readonly FittingRun[]> {
  const found: FittingRun[] = []
  for (const { id } of await listRuns(folder)) {
    if (!existsSync(join(folder, id, files.last))) continue
    const run = await readRunFile(join(folder, id))
    const project = run.ok ? parseProject(run.value.project) : run
    if (!run.ok || !project.ok) continue
    const fit = fittingWeights(graph, project.value.graph)
    if (fit.taken > 0) found.push({ id, ...fit })
  }
  return found
}
