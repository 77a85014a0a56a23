import { z } from 'zod'

const count = z.number().int().min(0)

/**
 * What became of an engine that could have computed a network. `slower`: it cannot be as fast as the best one, `short`: the run is over
 * before measuring pays; neither was tried. `differs`: its first loss is not that of the others. `tooLarge`: the batch does not fit into
 * the memory that it can have.
 */
export const trialOutcomes = ['measured', 'slower', 'short', 'differs', 'tooLarge', 'failed'] as const
export const trialSchema = z.object({
  engine: z.string(),
  outcome: z.enum(trialOutcomes),
  /** Of steps of training. */
  samplesPerSecond: z.number().positive().exactOptional(),
  /** Why it failed. */
  reason: z.string().exactOptional(),
})
export type Trial = z.infer<typeof trialSchema>

/** What is to be expected of a run, before it begins. */
export const planSchema = z.object({
  engine: z.string(),
  /** The engines in the order of preference before anything was measured; of one that was named, none. */
  trials: z.array(trialSchema),
  /** The figures are those of an earlier measurement of the same network on this machine. */
  remembered: z.boolean(),
  /** With validation; null where the engine was not measured. */
  secondsPerEpoch: z.number().nullable(),
  batchSize: count,
  /** Bytes that the training process will hold (resident set), and that are free for it. */
  memory: count,
  available: count,
  /** 0 where not even one sample fits. */
  largestBatch: count,
})
export type Plan = z.infer<typeof planSchema>
