import { z } from 'zod'

const bytes = z.number().int().min(0)

/** What a process found out about a network on one engine. */
export const measurementSchema = z.object({
  /** Over a few samples that are always the same, with the weights as training begins; null: no finite number. */
  loss: z.number().nullable(),
  /** Samples of the batch that was measured: that of the training, or a part where that takes long. */
  batch: z.number().int().min(1),
  /** Of a step of training on them; 0 where only the loss was asked for. */
  stepSeconds: z.number().min(0),
  /** Resident set: before anything was loaded, with the engine and the network's weights, and the most of all. */
  memory: z.object({ start: bytes, built: bytes, peak: bytes }),
})
export type Measurement = z.infer<typeof measurementSchema>

/** What is measured. */
export const subjectSchema = z.strictObject({
  /** The text of a project file. */
  project: z.string(),
  inputShape: z.array(z.number().int().min(1)),
  targetSize: z.number().int().min(1),
  /** Targets are classes. */
  classes: z.boolean(),
  batch: z.number().int().min(1),
  /** Samples whose loss is told, to be compared. */
  compared: z.number().int().min(1),
  /** A first step is taken while the process gets ready: in it engines prepare themselves. */
  warm: z.boolean(),
  /** The engine has passed its check on this machine before. */
  checked: z.boolean(),
})
export type Subject = z.infer<typeof subjectSchema>
