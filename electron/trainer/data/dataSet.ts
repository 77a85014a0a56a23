import type { Result } from '#shared/result'
import type { Note } from '#shared/training/notes'
import type { TrainerError } from '../protocol'
import type { TableEncoding } from './tableEncoding'

/** What a network is trained on. Samples are float32, channels last. */
export interface DataSet {
  readonly spec: string
  readonly size: number
  readonly inputShape: readonly number[]
  /** Class names, or null for regression. */
  readonly labels: readonly string[] | null
  /** Numbers per target: the class count, or the number of target columns. */
  readonly targetSize: number
  /** Class of a sample; 0 for regression. */
  classOf(index: number): number
  /** Brings samples to memory, to be read next; absent where all are there already. Asked for no more than a batch at a time. */
  load?(indices: Uint32Array): Promise<void>
  /** Writes one sample to `to` at `offset`. */
  read(index: number, to: Float32Array, offset: number): void
  /** Writes the target of one sample: one-hot for classes. */
  target(index: number, to: Float32Array, offset: number): void
  /** Value range for showing a sample: these become 0 and 1. */
  readonly range: readonly [number, number]
  /** How values were made of the source's, told to whoever uses the exported model. */
  readonly preprocessing: string
  readonly problems: readonly Note[]
  /** How rows of a table became samples; absent where they are none. */
  readonly table?: TableEncoding
}

export type DataResult = Result<DataSet, TrainerError>

/** Samples that lie in memory one after the other. */
export function inMemory(
  values: Float32Array,
  targets: Float32Array | Uint16Array,
  about: Omit<DataSet, 'classOf' | 'load' | 'read' | 'target' | 'size'>,
): DataSet {
  const width = about.inputShape.reduce((a, b) => a * b, 1)
  const { labels, targetSize } = about
  return {
    ...about,
    size: values.length / width,
    classOf: (i) => (labels ? (targets[i] ?? 0) : 0),
    read: (i, to, offset) => to.set(values.subarray(i * width, (i + 1) * width), offset),
    target(i, to, offset) {
      if (labels) {
        to.fill(0, offset, offset + targetSize)
        to[offset + (targets[i] ?? 0)] = 1
      } else to.set(targets.subarray(i * targetSize, (i + 1) * targetSize), offset)
    },
  }
}
