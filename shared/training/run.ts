import { z } from 'zod'
import type { Statistics } from './normalization'
import { type Note, noteSchema } from './notes'
import { planSchema } from './plan'

/** What a training process reports while it works; also one line each of a run's `metrics.ndjson` (step and epoch). */
const count = z.number().int().min(0)
/** NaN and infinities do not survive JSON: they travel as null. */
const figure = z.number().nullable()

const mistakeSchema = z.object({
  truth: count,
  predicted: count,
  /** Of the predicted class, 0…1; null where the outputs are no probabilities. */
  probability: figure,
  /** Of the sample as the network saw it. */
  shape: z.array(count),
  /** Base64 of one byte per value: 0…255 over the data's range. */
  pixels: z.string(),
})
export type Mistake = z.infer<typeof mistakeSchema>

export const confusionSchema = z.object({
  labels: z.array(z.string()),
  /** Rows are the true classes, columns the predicted ones. */
  counts: z.array(z.array(count)),
  /** Some samples that were taken for another class, the most confident first. */
  mistakes: z.array(mistakeSchema).exactOptional(),
})
export type Confusion = z.infer<typeof confusionSchema>

/** What the training process holds. */
const memorySchema = z.object({
  /** Bytes of the whole process that lie in memory (resident set). */
  resident: count,
  /** Bytes of the tensors alive, and how many they are. */
  tensorBytes: count,
  tensors: count,
})
export type Memory = z.infer<typeof memorySchema>

/** How one layer does. Norms are L2; "weights" are the trainable numbers of the layer, all together. */
const layerStatisticsSchema = z.object({
  /** The id of the layer's node in the graph. */
  node: z.string(),
  /** Null for a layer without weights to train. */
  weights: z
    .object({
      count,
      mean: figure,
      std: figure,
      norm: figure,
      /** The norm of the loss's gradient in them. */
      gradient: figure,
    })
    .nullable(),
  /** How far the step moved the weights: norm of the change ÷ norm of the weights; null where there are none or they were all 0. */
  update: figure,
  /**
   * Share of the units (of feature maps: channels) that were 0 for every sample of the last batches, 64 samples or more; null for layers
   * that do not end in a function like ReLU.
   */
  dead: z.number().min(0).max(1).nullable(),
})
export type LayerStatistics = z.infer<typeof layerStatisticsSchema>

/** Of each output of a network that has several, before its weight; null for one that has no part in the training. */
const outputLosses = z.array(figure)

export const trainEventSchema = z.discriminatedUnion('kind', [
  /** Before it starts: this engine is tried on the network. */
  z.object({ kind: z.literal('measuring'), engine: z.string() }),
  z.object({
    kind: z.literal('started'),
    engine: z.string(),
    epochs: count,
    stepsPerEpoch: count,
    trainSamples: count,
    validationSamples: count,
    parameters: count,
    /** Names of the network's outputs, in the order of the losses below; only where there are several. */
    outputs: z.array(z.string()).exactOptional(),
    /** What was expected of it, by what its engine was chosen. */
    plan: planSchema.exactOptional(),
    /** What was done so that data and network fit, and what is odd about the data. */
    notes: z.array(noteSchema).exactOptional(),
  }),
  /** `step` counts from 1 over the whole run; loss and accuracy are of this batch. `accuracy` is null for regression. */
  z.object({
    kind: z.literal('step'),
    epoch: count,
    step: count,
    loss: figure,
    losses: outputLosses.exactOptional(),
    accuracy: figure,
    /** At which the step was taken; absent in older runs, as is `memory`. */
    learningRate: z.number().exactOptional(),
    samplesPerSecond: z.number(),
    /** Spent on the run so far, pauses left out. */
    seconds: z.number(),
    memory: memorySchema.exactOptional(),
  }),
  /** Means over the epoch's batches, and the whole validation set. `epoch` counts from 1. */
  z.object({
    kind: z.literal('epoch'),
    epoch: count,
    step: count,
    loss: figure,
    losses: outputLosses.exactOptional(),
    accuracy: figure,
    valLoss: figure,
    valLosses: outputLosses.exactOptional(),
    valAccuracy: figure,
    /** What the regularisers of layers add to both losses at the end of the epoch; absent without any. */
    penalty: figure.exactOptional(),
    /** Share of the validation samples whose class is among the five most probable; only where there are more than ten classes. */
    valTop5: figure.exactOptional(),
    /** Errors over the validation samples, in the unit of the targets; only for regression. */
    valRmse: figure.exactOptional(),
    valMae: figure.exactOptional(),
    seconds: z.number(),
    memory: memorySchema.exactOptional(),
  }),
  /**
   * How the layers do after a step, in the order of the network. Comes at the first step, every few seconds and at the ends of epochs,
   * as seldom as it takes to cost little; only those at the ends of epochs are kept with the run.
   */
  z.object({ kind: z.literal('statistics'), epoch: count, step: count, layers: z.array(layerStatisticsSchema) }),
  /** Training waits, a checkpoint is written; then it goes on, or stops. */
  z.object({ kind: z.literal('paused'), epoch: count, step: count, seconds: z.number() }),
  z.object({ kind: z.literal('continued'), epoch: count, step: count, seconds: z.number() }),
  /** The confusion matrix is that of the validation set; null for regression or without one. */
  z.object({
    kind: z.literal('finished'),
    /** `stoppedEarly`: the validation loss fell no more; the run is complete. */
    reason: z.enum(['completed', 'stoppedEarly', 'stopped']),
    /** The epoch whose weights came back at the end. */
    restored: count.exactOptional(),
    epoch: count,
    step: count,
    confusion: confusionSchema.nullable(),
    /** What came up about the data as it was read: pictures that turned out to be damaged. */
    notes: z.array(noteSchema).exactOptional(),
  }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
])
export type TrainEvent = z.infer<typeof trainEventSchema>
export type StartedEvent = Extract<TrainEvent, { kind: 'started' }>
export type StepEvent = Extract<TrainEvent, { kind: 'step' }>
export type EpochEvent = Extract<TrainEvent, { kind: 'epoch' }>
export type StatisticsEvent = Extract<TrainEvent, { kind: 'statistics' }>
/** How a run ended that was not lost. */
export type Ending = Pick<Extract<TrainEvent, { kind: 'finished' }>, 'reason' | 'restored' | 'epoch' | 'step' | 'notes'>

/** `paused`: its process waits to be told to continue. */
export const runStates = ['running', 'paused', 'completed', 'stopped', 'failed'] as const
export type RunState = (typeof runStates)[number]

/** What a list of runs shows. */
export interface RunSummary {
  readonly id: string
  readonly name: string
  readonly state: RunState
  readonly engine: string
  readonly data: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly epochs: number
  readonly epochsDone: number
  readonly loss: number | null
  readonly valLoss: number | null
  readonly valAccuracy: number | null
  /** Only for regression. */
  readonly valRmse?: number | null
  readonly error?: string
}

export interface RunDetail {
  readonly summary: RunSummary
  /** The project as it was trained, as the text of a `.netloom` file. */
  readonly project: string
  /** How the run began; absent where it ended before that. */
  readonly started?: StartedEvent
  readonly steps: readonly StepEvent[]
  readonly epochs: readonly EpochEvent[]
  /** Those that were kept: at the ends of epochs. */
  readonly statistics: readonly StatisticsEvent[]
  /** Absent until it has ended; of a run that was trained on, how it ended last. */
  readonly ending?: Ending
  readonly confusion: Confusion | null
}

export interface DataSummary {
  readonly spec: string
  readonly samples: number
  readonly inputShape: readonly number[]
  /** Class names, or null for regression. */
  readonly labels: readonly string[] | null
  /** Samples per class, or null for regression. */
  readonly balance: readonly number[] | null
  /** Numbers per target: the class count, or the number of target columns. */
  readonly targetSize: number
  /** A few samples: values scaled to 0…1 in the order of `inputShape`, and what they are. */
  readonly preview: readonly { readonly values: readonly number[]; readonly label: string }[]
  readonly problems: readonly Note[]
  /** Of the training part, where they were asked for: of each channel of images, of each column. */
  readonly statistics?: {
    readonly samples: number
    readonly places: readonly (Statistics & { readonly name: string })[]
  }
}

/** What a trained network can be written as. */
export const exportFormats = ['tfjs', 'onnx', 'torch-project'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What is to be said of an export of a network that no run has trained. */
export interface Untrained {
  /** Gives the weights: those that training would begin with. */
  readonly seed: number
  /** Whether a data set is chosen. */
  readonly data: boolean
  /** The settings ask for normalisation, and there is no data to take its figures from. */
  readonly unscaled?: boolean
}

export interface ExportReport {
  readonly folder: string
  readonly files: readonly string[]
  /** Largest difference between the outputs of the run and of the exported files for the same input; null where it was not found out. */
  readonly maxDifference: number | null
  /** How many inputs the self-check compared. */
  readonly samplesChecked: number
  /** Why the files were not compared: what the program that runs them said. */
  readonly unchecked?: string
  /** Where the network is not a run's. */
  readonly untrained?: Untrained
}

/** Samples to evaluate on: a part of the run's own data, or all of another data set. */
export const evaluateOnSchema = z.union([
  z.strictObject({ part: z.enum(['validation', 'test']) }),
  z.strictObject({ data: z.string().max(10_000) }),
])
export type EvaluateOn = z.infer<typeof evaluateOnSchema>

const share = z.number().min(0).max(1).nullable()
/** How good a trained network is on data, as at inference. What is not defined, or does not apply, is null. */
export const evaluationReportSchema = z.object({
  data: z.string(),
  /** A part of the run's own data, or all samples of a data set. */
  part: z.enum(['validation', 'test', 'all']),
  samples: count,
  loss: figure,
  accuracy: share,
  /** Share of the samples whose class is among the k most probable ones; for some k below the number of classes. */
  topK: z.array(z.object({ k: count, accuracy: share })),
  /** Area under the ROC curve: the mean over the classes of each against the rest. */
  auc: share,
  /** Of how many samples, evenly spread, the area is; absent where it is of all. */
  aucSamples: count.exactOptional(),
  confusion: confusionSchema.nullable(),
  /** In the unit of the targets. */
  regression: z.object({ mse: figure, rmse: figure, mae: figure, r2: figure, rae: figure }).nullable(),
  /** True and predicted numbers of some samples, evenly spread, one list for each number of the target; null for classes. */
  pairs: z.array(z.array(z.tuple([z.number(), figure]))).nullable(),
})
export type EvaluationReport = z.infer<typeof evaluationReportSchema>

/** What a trained network says about new samples. */
export const predictionReportSchema = z.object({
  /** Class names, or null for regression. */
  labels: z.array(z.string()).nullable(),
  /** `probability`: the outputs are 0…1; the highest is the answer. `score`: only their order means something. `value`: predicted numbers. */
  meaning: z.enum(['probability', 'score', 'value']),
  /** One list of outputs per sample. */
  outputs: z.array(z.array(figure)),
  notes: z.array(noteSchema),
})
export type PredictionReport = z.infer<typeof predictionReportSchema>

export interface EngineInfo {
  readonly name: string
  readonly version: string
  readonly available: boolean
  /** Why it is not available. */
  readonly reason?: string
  /** What it computes on, where that is known. */
  readonly device?: string
  /** Put there by Netloom, which can remove it; whole or not. */
  readonly installed?: boolean
  /** It was installed by another version of Netloom: installed again, it has current operators of ours. */
  readonly outdated?: boolean
}
export const engineNames = [
  'auto',
  'onnx',
  'onnx-cuda',
  'onnx-directml',
  'onnx-coreml',
  'onnx-webgpu',
  'webgpu',
  'wasm',
  'cpu',
  'tensorflow',
] as const
/** Engines that leave the processors to others. Some of them compile a program per operator and size in their first step. */
export const gpuEngines: ReadonlySet<string> = new Set<(typeof engineNames)[number]>([
  'onnx-cuda',
  'onnx-directml',
  'onnx-coreml',
  'onnx-webgpu',
  'webgpu',
])
export type EngineName = (typeof engineNames)[number]
