import { basename } from 'node:path'
import { err, ok, type Result } from '#shared/result'
import { failure, readFailure } from '#shared/training/failures'
import { type Note, note } from '#shared/training/notes'
import { readCheckpoint } from './checkpoint'
import type { Arrays, Model } from './model'
import type { TrainerError } from './protocol'

/** Weights of another run that a run begins with, and what there is to say about that. */
export interface Start {
  readonly weights: Arrays
  readonly note: Note
}

/** Takes from the last checkpoint of a run the weights that this network has too: of the same name and shape. */
export async function startFrom(folder: string, model: Model): Promise<Result<Start, TrainerError>> {
  const checkpoint = await readCheckpoint(folder)
  const run = basename(folder)
  if (!checkpoint.ok) {
    const reason = readFailure(checkpoint.error.message)?.values.reason ?? checkpoint.error.message
    return err({ code: 'notFound', message: failure('startUnusable', { run, reason }) })
  }
  const own = [...model.weights()]
  const fitting = own.flatMap(([name, { shape }]) => {
    const array = checkpoint.value.weights.get(name)
    return array?.shape.join() === shape.join() ? [[name, array] as const] : []
  })
  if (fitting.length === 0) return err({ code: 'invalidProject', message: failure('startForeign', { run }) })
  const weights = new Map(fitting)
  const anew = own.flatMap(([name]) => (weights.has(name) ? [] : [name]))
  const told =
    anew.length === 0
      ? note('startedFrom', { run, all: own.length })
      : note('startedPartly', { run, all: own.length, taken: fitting.length, anew: shorten(anew) })
  return ok({ weights, note: told })
}

const SHOWN = 6
const shorten = (names: readonly string[]): string =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')}, …` : names.join(', ')
