import { z } from 'zod'
import { statisticsSchema } from '#shared/training/normalization'
import { noteSchema } from '#shared/training/notes'
import { engineNames, evaluateOnSchema, exportFormats, runStates, trainEventSchema } from '#shared/training/run'
import { splitSettingsSchema } from '#shared/training/split'
import { subjectSchema } from './choice/measurement'

/** What the trainer's process is asked to do: one request per process. Projects travel as the text of a project file. */
export const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('train'),
    project: z.string(),
    engine: z.enum(engineNames),
    folder: z.string(),
    id: z.string(),
    init: z.string().exactOptional(),
    measureAgain: z.boolean().exactOptional(),
  }),
  /** What is to be expected of a training. */
  z.strictObject({
    kind: z.literal('plan'),
    project: z.string(),
    engine: z.enum(engineNames),
    measureAgain: z.boolean(),
  }),
  /** Tries one engine on a network. */
  z.strictObject({ kind: z.literal('measure'), engine: z.enum(engineNames), subject: subjectSchema }),
  z.strictObject({ kind: z.literal('resume'), folder: z.string() }),
  /** With `shares`, also the figures of the training part that they leave. */
  z.strictObject({ kind: z.literal('describe'), spec: z.string(), shares: splitSettingsSchema.exactOptional() }),
  z.strictObject({ kind: z.literal('exportRun'), folder: z.string(), format: z.enum(exportFormats), to: z.string() }),
  /** With the weights that training would begin with. */
  z.strictObject({
    kind: z.literal('exportProject'),
    project: z.string(),
    format: z.enum(exportFormats),
    to: z.string(),
  }),
  /** On a part of the run's data, or on all of another data set. */
  z.strictObject({ kind: z.literal('evaluate'), folder: z.string(), on: evaluateOnSchema }),
  /** `file`: a picture, or a table without labels. */
  z.strictObject({ kind: z.literal('predict'), folder: z.string(), file: z.string() }),
  z.strictObject({ kind: z.literal('engines') }),
  z.strictObject({ kind: z.literal('testEngine'), engine: z.enum(engineNames) }),
])
export type TrainerRequest = z.infer<typeof requestSchema>

/** To a training at work: `stop` ends it after the step, `pause` makes it wait, `continue` go on. */
const controlSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stop') }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('continue') }),
])
export type Control = z.infer<typeof controlSchema>['kind']
/** To a measurement that is ready: steps that take `limit` seconds or more are too slow to be of interest; null: none is. */
const goSchema = z.strictObject({ kind: z.literal('go'), limit: z.number().min(0).nullable() })
export const commandSchema = z.union([requestSchema, controlSchema, goSchema])

const count = z.number().int().min(0)
const figure = z.number().nullable()

export const errorSchema = z.object({
  code: z.enum(['invalidProject', 'invalidData', 'unavailable', 'notFound', 'crashed', 'outOfMemory', 'failed']),
  message: z.string(),
})
/** `message` says what is wrong, what was received and what to do. */
export type TrainerError = z.infer<typeof errorSchema>

export const runSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(runStates),
  engine: z.string(),
  data: z.string(),
  startedAt: z.string(),
  epochs: count,
  epochsDone: count,
  loss: figure,
  valLoss: figure,
  valAccuracy: figure,
  valRmse: figure.exactOptional(),
  error: z.string().exactOptional(),
})
export const dataSummarySchema = z.object({
  spec: z.string(),
  samples: count,
  inputShape: z.array(count),
  labels: z.array(z.string()).nullable(),
  balance: z.array(count).nullable(),
  targetSize: count,
  preview: z.array(z.object({ values: z.array(z.number()), label: z.string() })),
  problems: z.array(noteSchema),
  statistics: z
    .object({ samples: count, places: z.array(statisticsSchema.extend({ name: z.string() })) })
    .exactOptional(),
})
export const exportReportSchema = z.object({
  folder: z.string(),
  files: z.array(z.string()),
  maxDifference: figure,
  samplesChecked: count,
  unchecked: z.string().exactOptional(),
  untrained: z.object({ seed: z.number(), data: z.boolean(), unscaled: z.boolean().exactOptional() }).exactOptional(),
})
export const enginesSchema = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    available: z.boolean(),
    reason: z.string().exactOptional(),
    device: z.string().exactOptional(),
    installed: z.boolean().exactOptional(),
    outdated: z.boolean().exactOptional(),
  }),
)

/** What the process sends back: events while it trains, one result at the end. */
export const replySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event: trainEventSchema }),
  /** A measurement waits for its turn. */
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('done'), value: z.unknown() }),
  z.object({ kind: z.literal('error'), error: errorSchema }),
])
export type Reply = z.infer<typeof replySchema>
