import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { failure } from '#shared/training/failures'
import { gpuEngines } from '#shared/training/run'
import type { Orders, Task } from './augmentThread'

const MOST = 4
/** These compute on one processor, or elsewhere. */
const single: ReadonlySet<string> = new Set(['wasm', 'cpu', ...gpuEngines])

/**
 * How many threads are worth while beside an engine. One that computes on all processors waits for each of them at every operator: of two,
 * a thread takes more than it gives (LeNet-5 on ONNX Runtime: 1.3 s an epoch with a thread, 1.0 to 1.3 s without).
 */
export function threadsBeside(engine: string, processors = availableParallelism()): number {
  return Math.min(single.has(engine) ? processors - 1 : processors >> 2, MOST)
}

interface Arrays {
  readonly raw: Float32Array<ArrayBuffer>
  readonly x: Float32Array<ArrayBuffer>
}
interface Waiting {
  done(task: Task): void
  fail(error: Error): void
}

/** Threads that change pictures, each a batch at a time. They do not keep the process alive. */
export class AugmentThreads {
  private readonly workers: readonly Worker[]
  private readonly waiting = new Map<number, Waiting>()
  private lost: Error | null = null
  private asked = 0

  /** `entry`: the built file of the thread; `count`: one or more. */
  constructor(
    entry: string,
    orders: Orders,
    readonly count: number,
  ) {
    this.workers = Array.from({ length: this.count }, () => {
      const worker = new Worker(entry, { workerData: orders })
      worker.unref()
      worker.on('message', (task: Task) => {
        this.waiting.get(task.id)?.done(task)
        this.waiting.delete(task.id)
      })
      worker.on('error', (e: unknown) => this.lose(e instanceof Error ? e.message : String(e)))
      worker.on('exit', (code) => this.lose(`code ${code}`))
      return worker
    })
  }

  /** Changes the samples in `raw`, of these numbers, as an epoch sees them, into `x`. The arrays that come back take the place of those given. */
  async change<T extends Arrays>(arrays: T, indices: Uint32Array, epoch: number): Promise<T> {
    if (this.lost) throw this.lost
    const id = this.asked++
    const { raw, x } = await new Promise<Arrays>((done, fail) => {
      this.waiting.set(id, { done, fail })
      const task: Task = { id, epoch, indices: indices.slice(), raw: arrays.raw, x: arrays.x }
      this.workers[id % this.count]?.postMessage(task, [arrays.raw.buffer, arrays.x.buffer])
    })
    return { ...arrays, raw, x }
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()))
  }

  private lose(reason: string): void {
    this.lost ??= new Error(failure('threadLost', { reason }))
    for (const { fail } of this.waiting.values()) fail(this.lost)
    this.waiting.clear()
  }
}
