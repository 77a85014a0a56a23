import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { failure } from '#shared/training/failures'
import type { Orders, Task } from './augmentThread'

const MOST = 4

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
  /** Half of the processors: the others compute. */
  readonly count = Math.min(Math.max(availableParallelism() >> 1, 1), MOST)
  private readonly workers: readonly Worker[]
  private readonly waiting = new Map<number, Waiting>()
  private lost: Error | null = null
  private asked = 0

  /** `entry`: the built file of the thread. */
  constructor(entry: string, orders: Orders) {
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
