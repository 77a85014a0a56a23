import { parentPort, workerData } from 'node:worker_threads'
import type { Augmentation } from '#shared/training/augmentation'
import { augmented } from './augmented'
import type { DataSet } from './dataSet'
import { fitInput } from './fit'

/** A thread that changes pictures, and fits them to the network, as the main thread would. */
export interface Orders {
  readonly data: Pick<DataSet, 'inputShape' | 'range'>
  readonly settings: Augmentation
  readonly seed: number
  /** Of the network. */
  readonly inputs: readonly { readonly id: string; readonly name: string; readonly shape: readonly number[] }[]
}
/** `raw`: samples in the order of `indices`; the changed ones go to `x`. Both arrays come back. */
export interface Task {
  readonly id: number
  readonly epoch: number
  readonly indices: Uint32Array
  readonly raw: Float32Array<ArrayBuffer>
  readonly x: Float32Array<ArrayBuffer>
}

const { data, settings, seed, inputs }: Orders = workerData
const width = data.inputShape.reduce((a, b) => a * b, 1)
let task: Task | null = null
let place = 0

const changing = augmented(
  {
    ...data,
    spec: '',
    size: 0,
    labels: null,
    targetSize: 0,
    preprocessing: '',
    problems: [],
    classOf: () => 0,
    target: () => {},
    read: (_, to, offset) => task && to.set(task.raw.subarray(place * width, (place + 1) * width), offset),
  },
  settings,
  seed,
)
const fitted = fitInput(changing.data, inputs).data
const fittedWidth = fitted.inputShape.reduce((a, b) => a * b, 1)

parentPort?.on('message', (next: Task) => {
  task = next
  changing.epoch = next.epoch
  next.indices.forEach((index, i) => {
    place = i
    fitted.read(index, next.x, i * fittedWidth)
  })
  parentPort?.postMessage(next, [next.raw.buffer, next.x.buffer])
})
