import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { failure } from '#shared/training/failures'
import type { Arrays, Model } from './model'
import type { TrainerError } from './protocol'
import { files } from './runFile'
import { readSafetensors, writeSafetensors } from './safetensors'

/** Where a run stands. Data order and randomness follow from the seed, the epoch and the step. */
const progressSchema = z.object({
  /** Steps done over the whole run. */
  step: z.number().int().min(0),
  /** Epochs done whole, and steps done of the next. */
  epoch: z.number().int().min(0),
  stepInEpoch: z.number().int().min(0),
  /** Sums over the batches of the epoch at work. */
  loss: z.number(),
  /** Of each output by itself; absent in older files. */
  losses: z.array(z.number().nullable()).default([]),
  hits: z.number(),
  samples: z.number(),
  /** The epoch with the lowest validation loss so far; null before any, and in older files. */
  best: z
    .object({ epoch: z.number().int().min(1), loss: z.number() })
    .nullable()
    .default(null),
  /** How often the validation loss stopped falling, and the epoch in which it last fell or was last found not to; absent in older files. */
  plateau: z.object({ count: z.number().int().min(0), since: z.number().int().min(0) }).default({ count: 0, since: 0 }),
  /** Time spent, in seconds. */
  seconds: z.number(),
})
export type Progress = z.infer<typeof progressSchema>

export const beginning: Progress = {
  step: 0,
  epoch: 0,
  stepInEpoch: 0,
  loss: 0,
  losses: [],
  hits: 0,
  samples: 0,
  best: null,
  plateau: { count: 0, since: 0 },
  seconds: 0,
}

export interface Checkpoint {
  readonly progress: Progress
  readonly weights: Arrays
  readonly optimizer: Arrays
}

const OPTIMIZER = 'optimizer:'

export function writeCheckpoint(model: Model, progress: Progress): Buffer {
  const state = [...model.optimizer.state()].map(([name, array]) => [OPTIMIZER + name, array] as const)
  return writeSafetensors(new Map([...model.weights(), ...state]), { progress: JSON.stringify(progress) })
}

/** `file`: the last checkpoint, or that of the best epoch. */
export async function readCheckpoint(
  folder: string,
  file: typeof files.last | typeof files.best = files.last,
): Promise<Result<Checkpoint, TrainerError>> {
  const path = join(folder, file)
  const bad = (reason: string) =>
    err({
      code: 'notFound',
      message: failure('checkpointUnusable', { path, reason }),
    } as const)
  const bytes = await readFile(path).catch(() => null)
  if (!bytes) return bad(phrase('checkpointGone', {}))
  const read = readSafetensors(bytes)
  if (!read.ok) return bad(read.error)
  const progress = progressSchema.safeParse(parse(read.value.metadata.progress ?? ''))
  if (!progress.success) return bad(phrase('checkpointPlace', {}))
  const all = [...read.value.arrays]
  return ok({
    progress: progress.data,
    weights: new Map(all.filter(([name]) => !name.startsWith(OPTIMIZER))),
    optimizer: new Map(
      all.flatMap(([name, a]) => (name.startsWith(OPTIMIZER) ? [[name.slice(OPTIMIZER.length), a] as const] : [])),
    ),
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
