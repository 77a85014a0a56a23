import type { TrainingConfig } from '#shared/training/config'
import { createRandom } from '#shared/training/random'
import type { DataSet } from './dataSet'

export interface Split {
  readonly train: Uint32Array
  readonly validation: Uint32Array
  /** Neither trained nor validated on. */
  readonly test: Uint32Array
}
export type Shares = Pick<TrainingConfig, 'validationSplit' | 'testSplit'>

/** Holds out shares of the samples; of every class the same shares. The same seed gives the same split. */
export function split(data: DataSet, { validationSplit, testSplit }: Shares, seed: number): Split {
  const random = createRandom(seed, 1)
  const byClass = new Map<number, number[]>()
  for (let i = 0; i < data.size; i++) {
    const c = data.classOf(i)
    const list = byClass.get(c)
    if (list) list.push(i)
    else byClass.set(c, [i])
  }
  const train: number[] = []
  const [validation, test]: [number[], number[]] = [[], []]
  // Rounding carries over from class to class, so that many small classes together still give the share.
  let [owed, owedTest] = [0, 0]
  for (const key of [...byClass.keys()].sort((a, b) => a - b)) {
    const list = byClass.get(key) ?? []
    random.shuffle(list)
    owed += list.length * validationSplit
    owedTest += list.length * testSplit
    const held = Math.min(Math.max(Math.round(owed), 0), list.length)
    const tested = Math.min(Math.max(Math.round(owedTest), 0), list.length - held)
    owed -= held
    owedTest -= tested
    for (const [i, sample] of list.entries()) (i < held ? validation : i < held + tested ? test : train).push(sample)
  }
  const sorted = (list: readonly number[]) => Uint32Array.from(list).sort()
  return { train: sorted(train), validation: sorted(validation), test: sorted(test) }
}
