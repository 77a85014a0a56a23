import type { Project } from '#shared/project/project'
import { err, ok, type Result } from '#shared/result'
import { losses } from '#shared/training/losses'
import type { Note } from '#shared/training/notes'
import type { EngineName } from '#shared/training/run'
import { type Compiled, compile } from './compile'
import type { DataSet } from './data/dataSet'
import { fitToNetwork } from './data/fit'
import { openData } from './data/open'
import { type Split, split } from './data/split'
import { loadEngine } from './engines'
import type { Engine } from './engines/engine'
import { Model } from './model'
import type { TrainerError } from './protocol'

export interface Prepared {
  readonly engine: Engine
  readonly model: Model
  readonly data: DataSet
  readonly split: Split
  readonly notes: readonly Note[]
  /** Of the samples before they were fitted to the network. */
  readonly sourceShape: readonly number[]
}

/** Everything that can be wrong is found here, before a run begins. */
export async function prepare(project: Project, engineName: EngineName): Promise<Result<Prepared, TrainerError>> {
  const opened = await openData(project.data)
  if (!opened.ok) return opened
  const engine = await loadEngine(engineName)
  if (!engine.ok) return engine
  const compiled = compile(project.graph)
  if (!compiled.ok) return compiled
  const model = new Model(compiled.value, engine.value, project.training)
  const fitted = fitToNetwork(opened.value, compiled.value.inputShape, compiled.value.outputShape)
  const loss = checkLoss(project, compiled.value, opened.value)
  const parts = split(opened.value, project.training, project.training.seed)
  const failure = !fitted.ok
    ? fitted
    : (loss ?? (parts.train.length === 0 ? nothingLeft : needsValidation(project, parts)))
  if (failure && !failure.ok) {
    model.dispose()
    return failure
  }
  const { data, notes } = (fitted as Extract<typeof fitted, { ok: true }>).value
  return ok({ engine: engine.value, model, data, split: parts, notes, sourceShape: opened.value.inputShape })
}

/** What goes by the validation loss needs samples to validate on. */
const needsValidation = ({ training }: Project, { validation }: Split): Result<never, TrainerError> | null =>
  (training.patience > 0 || training.restoreBest) && validation.length === 0
    ? err({
        code: 'invalidProject',
        message:
          'Early stopping and the return of the best weights go by the validation loss, but no samples are held out. Make the validation split larger, or set patience to 0 and restore best to off.',
      })
    : null

const nothingLeft = err({
  code: 'invalidData',
  message: 'No samples are left for training. Make the validation and test splits smaller, or use more data.',
} as const)

/** Does the loss fit the targets, and the network's end? */
function checkLoss(project: Project, compiled: Compiled, data: DataSet): Result<never, TrainerError> | null {
  const loss = losses[project.training.loss]
  if (loss.classes && !data.labels)
    return err({
      code: 'invalidData',
      message: `${loss.label} needs classes, but the targets of this data are numbers. Choose mean squared error as the loss.`,
    })
  if (loss.logitsOf && compiled.ending?.activation !== loss.logitsOf)
    return err({
      code: 'invalidProject',
      message: `${loss.label} needs probabilities, but the network does not end in a ${loss.logitsOf}. Add one at the end, or choose another loss.`,
    })
  return null
}
