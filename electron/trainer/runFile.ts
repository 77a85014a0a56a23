import { z } from 'zod'
import { normalizationSchema } from '#shared/training/normalization'
import { planSchema } from '#shared/training/plan'
import { confusionSchema, runStates } from '#shared/training/run'
import { tableEncodingSchema } from './data/tableEncoding'
import { errorSchema } from './protocol'

/** `run.json`: everything about a run but its curves and weights. */
export const runFileSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  name: z.string(),
  /** The project as it is trained, as the text of a project file. */
  project: z.string(),
  data: z.string(),
  seed: z.number(),
  epochs: z.number().int().min(0),
  engine: z.object({ name: z.string(), version: z.string() }),
  /** What was expected of it, by what its engine was chosen; absent where nothing was, as in older runs. */
  plan: planSchema.exactOptional(),
  versions: z.record(z.string(), z.string()),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  /** When the process below took up a run that goes on; absent where it began it. */
  resumedAt: z.string().exactOptional(),
  /** The process at work; one that is gone cannot be running. */
  pid: z.number().int(),
  /** What tells that process from a later one of its number; absent where the system tells nothing, and in older runs. */
  processStart: z.string().exactOptional(),
  state: z.enum(runStates),
  error: errorSchema.exactOptional(),
  /** Figures of the last finished epoch; of the best one's validation where its weights came back. */
  last: z
    .object({
      epoch: z.number().int(),
      loss: z.number().nullable(),
      valLoss: z.number().nullable(),
      valAccuracy: z.number().nullable(),
      valRmse: z.number().nullable().exactOptional(),
    })
    .nullable(),
  confusion: confusionSchema.nullable(),
  /** What a user of the trained model must know of the data. */
  samples: z.object({
    inputShape: z.array(z.number().int()),
    /** Numbers of a target; absent in older runs, whose network has one output of as many. */
    targetSize: z.number().int().exactOptional(),
    /** Before samples were fitted to the network; absent where the run does not say, which older ones do not. */
    sourceShape: z.array(z.number().int()).exactOptional(),
    range: z.tuple([z.number(), z.number()]),
    /** What pictures have at their edges, 0…1 over the range; absent for other samples, and in older runs. */
    background: z.number().min(0).max(1).exactOptional(),
    labels: z.array(z.string()).nullable(),
    preprocessing: z.string(),
    /** How the network is given values; absent where as they are. */
    normalization: normalizationSchema.exactOptional(),
    /** How rows became samples; absent where the data is no table. */
    table: tableEncodingSchema.exactOptional(),
  }),
})
export type RunFile = z.infer<typeof runFileSchema>

export const files = {
  run: 'run.json',
  metrics: 'metrics.ndjson',
  checkpoints: 'checkpoints',
  last: 'checkpoints/last.safetensors',
  /** Weights of the epoch with the lowest validation loss, where they are to come back at the end. */
  best: 'checkpoints/best.safetensors',
} as const
