import type { Project } from '#shared/project/project'
import { err, ok, type Result } from '#shared/result'
import { lossMisfits } from '#shared/training/misfits'
import type { Note } from '#shared/training/notes'
import type { EngineName } from '#shared/training/run'
import { compile, dispose } from './compile'
import { backgroundOf } from './data/background'
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
  /** What pictures have at their edges, 0…1 over the range; null for other samples. */
  readonly background: number | null
}

/** Everything that can be wrong is found here, before a run begins. */
export async function prepare(project: Project, engineName: EngineName): Promise<Result<Prepared, TrainerError>> {
  const opened = await openData(project.data)
  if (!opened.ok) return opened
  const engine = await loadEngine(engineName)
  if (!engine.ok) return engine
  const compiled = compile(project.graph)
  if (!compiled.ok) return compiled
  const { training } = project
  const fitted = fitToNetwork(opened.value, compiled.value)
  const { graph, inference } = compiled.value
  const [misfit] = lossMisfits(graph, inference, training, opened.value)
  const parts = split(opened.value, training, training.seed)
  const unfit = misfit && err({ code: 'invalidProject', message: misfit.message } as const)
  const failure = unfit ?? (parts.train.length === 0 ? nothingLeft : needsValidation(project, parts))
  if (!fitted.ok || failure) {
    dispose(compiled.value)
    return fitted.ok ? (failure ?? nothingLeft) : fitted
  }
  const { data, notes } = fitted.value
  const model = new Model(compiled.value, engine.value, training, data)
  const background = await backgroundOf(opened.value, parts.train)
  const sourceShape = opened.value.inputShape
  return ok({ engine: engine.value, model, data, split: parts, notes, sourceShape, background })
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
