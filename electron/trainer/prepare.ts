import { infer } from '#shared/graph/infer'
import type { Project } from '#shared/project/project'
import { err, ok, type Result } from '#shared/result'
import type { TrainingConfig } from '#shared/training/config'
import { failure } from '#shared/training/failures'
import { lossMisfits } from '#shared/training/misfits'
import { type Normalization, normalizationBy } from '#shared/training/normalization'
import { type Note, note } from '#shared/training/notes'
import type { Plan } from '#shared/training/plan'
import type { EngineInfo, EngineName } from '#shared/training/run'
import { type Choosing, expectRun } from './choice/expect'
import { batchMisfit } from './choice/memory'
import { type Compiled, compile, dispose } from './compile'
import { type Augmenting, augmentationNotes, augmenting } from './data/augmented'
import { backgroundOf } from './data/background'
import type { DataSet } from './data/dataSet'
import { fitToNetwork } from './data/fit'
import { openData } from './data/open'
import { type Split, split } from './data/split'
import { scaleNotes, statisticsOf } from './data/statistics'
import { loadEngine, loadFirst } from './engines'
import type { Engine } from './engines/engine'
import { Model } from './model'
import type { TrainerError } from './protocol'
import type { RunFile } from './runFile'
import type { Start } from './startFrom'
import { checkTrainable, weightsOfClasses } from './trainable'

export interface Prepared {
  readonly engine: Engine
  /** What the engine said of itself. */
  readonly info: EngineInfo
  readonly model: Model
  /** What is to be expected of the run; absent where nothing could be measured. */
  readonly plan?: Plan
  readonly data: DataSet
  /** Before it was fitted to the network. */
  readonly source: DataSet
  /** How images are changed for training; null where they stay as they are. */
  readonly augmenting: Augmenting | null
  /** How the network is given values, by figures of the training part; undefined: as they are. */
  readonly normalization: Normalization | undefined
  readonly split: Split
  readonly notes: readonly Note[]
  /** Weights of another run to begin with. */
  readonly start?: Start
  /** Of the samples before they were fitted to the network. */
  readonly sourceShape: readonly number[]
  /** What pictures have at their edges, 0…1 over the range; null for other samples. */
  readonly background: number | null
}

/**
 * Everything that can be wrong is found here, before a run begins. `known`: of a run that goes on, whose figures and columns hold. With
 * `choosing`, engines are measured first where it pays.
 */
export async function prepare(
  project: Project,
  engineName: EngineName,
  known?: RunFile['samples'],
  choosing?: Choosing,
): Promise<Result<Prepared, TrainerError>> {
  const opened = await openData(project.data, known?.table)
  if (!opened.ok) return opened
  const tooLarge = batchMisfit(infer(project.graph), project.training)
  if (tooLarge) return tooLarge
  const expected = choosing && (await expectRun(project, engineName, opened.value, choosing))
  const engine = await (expected && expected.engines.length > 0
    ? loadFirst(expected.engines, expected.checked)
    : loadEngine(engineName))
  if (!engine.ok) return engine
  const compiled = compile(project.graph)
  if (!compiled.ok) return compiled
  const { training } = project
  const fitted = fitToNetwork(opened.value, compiled.value)
  const { graph, inference } = compiled.value
  const [misfit] = lossMisfits(graph, inference, training, opened.value)
  const parts = split(opened.value, training, training.seed)
  const weights = weightsOfClasses(training, opened.value, parts.train)
  const unfit = misfit && err({ code: 'invalidProject', message: misfit.message } as const)
  const failure =
    unfit ??
    checkTrainable(compiled.value) ??
    (weights.ok ? null : weights) ??
    wholeNumbers(project) ??
    (parts.train.length === 0 ? nothingLeft : needsValidation(project, parts))
  if (!fitted.ok || failure) {
    dispose(compiled.value)
    return fitted.ok ? (failure ?? nothingLeft) : fitted
  }
  const { data } = fitted.value
  const normalization = known ? known.normalization : await figuresFor(training, data, parts.train)
  const classWeights = weights.ok ? weights.value : null
  const model = new Model(compiled.value, engine.value, training, { ...data, normalization, classWeights })
  const background = await backgroundOf(opened.value, parts.train)
  const sourceShape = opened.value.inputShape
  const notes = [
    ...fitted.value.notes,
    ...gradientNotes(compiled.value),
    ...augmentationNotes(training, opened.value),
    ...(await scaleNotes(training, opened.value, parts.train)),
  ]
  return ok({
    engine: engine.value,
    info: await engine.value.probe(),
    model,
    data,
    source: opened.value,
    augmenting: augmenting(training, opened.value, compiled.value),
    normalization,
    split: parts,
    notes,
    sourceShape,
    background,
    ...(expected && { plan: expected.on(engine.value.name) }),
  })
}

/** What looks values up in a table needs them as they are. */
const wholeNumbers = ({ graph, training }: Project): Result<never, TrainerError> | null => {
  if (training.normalization === 'none') return null
  const types = new Map(graph.nodes.map((n) => [n.id, n.type]))
  const looksUp = graph.edges.some((e) => types.get(e.source) === 'input' && types.get(e.target) === 'embedding')
  if (!looksUp) return null
  return err({
    code: 'invalidProject',
    message: failure('wholeNumbers', {}),
  })
}

const figuresFor = async ({ normalization }: TrainingConfig, data: DataSet, training: Uint32Array) =>
  normalization === 'none' ? undefined : normalizationBy(normalization, await statisticsOf(data, training))

function gradientNotes({ graph, inference }: Compiled): readonly Note[] {
  const starved = graph.nodes.filter(
    (n) => inference.node(n.id)?.problems.some((p) => p.code === 'noGradient') ?? false,
  )
  return starved.length > 0 ? [note('noGradient', { layers: starved.map((n) => n.name).join(', ') })] : []
}

/** What goes by the validation loss needs samples to validate on. */
function needsValidation({ training }: Project, { validation }: Split): Result<never, TrainerError> | null {
  const { patience, restoreBest, schedule } = training
  if (validation.length > 0) return null
  const what =
    patience > 0 || restoreBest ? 'needsValidation' : schedule === 'reduceOnPlateau' ? 'plateauNeedsValidation' : null
  return what && err({ code: 'invalidProject', message: failure(what, {}) })
}

const nothingLeft = err({
  code: 'invalidData',
  message: failure('nothingLeft', {}),
} as const)
