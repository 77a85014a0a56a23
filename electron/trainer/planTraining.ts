import { infer } from '#shared/graph/infer'
import type { Project } from '#shared/project/project'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import type { Plan } from '#shared/training/plan'
import type { EngineName } from '#shared/training/run'
import type { Built } from './built'
import { expectRun } from './choice/expect'
import { batchMisfit } from './choice/memory'
import { toolsOf } from './choice/tools'
import { openData } from './data/open'
import { listEngines } from './engines'
import { prepare } from './prepare'
import type { TrainerError } from './protocol'

/** What is to be expected of training a project: time, memory, the largest batch. Measures engines, unless that is remembered. */
export async function planTraining(
  project: Project,
  engine: EngineName,
  measureAgain: boolean,
  signal: AbortSignal,
  built: Built,
): Promise<Result<Plan, TrainerError>> {
  const choosing = {
    tools: toolsOf(built),
    engines: listEngines(),
    signal,
    again: measureAgain,
    always: true,
    tell: () => {},
  }
  const opened = await openData(project.data)
  if (!opened.ok) return opened
  const tooLarge = batchMisfit(infer(project.graph), project.training)
  if (tooLarge) return tooLarge
  const expected = await expectRun(project, engine, opened.value, choosing)
  if (expected) return ok(expected.on(expected.engines[0] ?? engine))
  // Something is wrong, and this says what.
  const prepared = await prepare(project, engine)
  if (!prepared.ok) return prepared
  prepared.value.model.dispose()
  return err({ code: 'failed', message: failure('noResult', {}) })
}
