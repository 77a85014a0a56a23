import { parseProject, showProjectError } from '#shared/project/parse'
import { err, ok, type Result } from '#shared/result'
import type { TrainEvent } from '#shared/training/run'
import type { Built } from './built'
import { measure } from './choice/measure'
import { describeData } from './data/describe'
import { openData } from './data/open'
import { listEngines } from './engines'
import { evaluateRun } from './evaluateRun'
import { exportProject, exportRun } from './export'
import { planTraining } from './planTraining'
import { predict } from './predict'
import type { TrainerError, TrainerRequest } from './protocol'
import { resumeTraining } from './resume'
import { testEngine } from './testEngine'
import { runTraining } from './train'
import type { Control } from './training'

/** Does what the trainer's process is asked to. A measurement that is ready waits for its `turn`. */
export async function perform(
  request: TrainerRequest,
  emit: (event: TrainEvent) => void,
  { signal, gate }: Control,
  built: Built,
  turn: () => Promise<number>,
): Promise<Result<unknown, TrainerError>> {
  switch (request.kind) {
    case 'train': {
      const project = parseProject(request.project)
      if (!project.ok) return err({ code: 'invalidProject', message: showProjectError(project.error) })
      return runTraining({ ...request, project: project.value }, emit, signal, gate, built)
    }
    case 'plan': {
      const project = parseProject(request.project)
      if (!project.ok) return err({ code: 'invalidProject', message: showProjectError(project.error) })
      return planTraining(project.value, request.engine, request.measureAgain, signal, built)
    }
    case 'measure':
      return measure(request.engine, request.subject, turn)
    case 'resume':
      return resumeTraining(request.folder, emit, signal, gate, built)
    case 'describe': {
      const data = await openData(request.spec)
      return data.ok ? ok(await describeData(data.value, request.shares)) : data
    }
    case 'exportRun':
      return exportRun(request.folder, request.format, request.to, built.customLayers)
    case 'exportProject': {
      const project = parseProject(request.project)
      if (!project.ok) return err({ code: 'invalidProject', message: showProjectError(project.error) })
      return exportProject(project.value, request.format, request.to, built.customLayers)
    }
    case 'evaluate':
      return evaluateRun(request.folder, request.on)
    case 'predict':
      return predict(request.folder, request.file)
    case 'engines':
      return ok(await listEngines())
    case 'testEngine':
      return testEngine(request.engine)
  }
}
