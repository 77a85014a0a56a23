import { createRandom } from '#shared/training/random'
import type { DataSet } from './dataSet'

export interface Split {
  readonly train: Uint32Array
  readonly validation: Uint32Array
}

/** Holds out a share of the samples; of every class the same share. The same seed gives the same split. */
export function split(data: DataSet, share: number, seed: number): Split {
  const random = createRandom(seed, 1)
  const byClass = new Map<number, number[]>()
  for (let i = 0; i < data.size; i++) {
    const c = data.classOf(i)
    const list = byClass.get(c)
    if (list) list.push(i)
    else byClass.set(c, [i])
  }
  const train: number[] = []
  const validation: number[] = []
  // Rounding carries over from class to class, so that many small classes together still give the share.
  let owed = 0
  for (const key of [...byClass.keys()].sort((a, b) => a - b)) {
    const list = byClass.get(key) ?? []
    random.shuffle(list)
    owed += list.length * share
    const held = Math.min(Math.max(Math.round(owed), 0), list.length)
    owed -= held
    validation.push(...list.slice(0, held))
    train.push(...list.slice(held))
  }
  return { train: Uint32Array.from(train).sort(), validation: Uint32Array.from(validation).sort() }
}
