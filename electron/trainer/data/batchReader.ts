import type { AugmentThreads } from './augmentThreads'
import { type Batches, makeBatches, readBatch } from './batch'
import type { DataSet } from './dataSet'

/** Samples as they are trained on. */
export interface TrainingSamples {
  /** Fitted to the network and changed, in an epoch counted from 0. */
  data(epoch: number): DataSet
  /** Before that, where threads do it. */
  readonly source: DataSet
  readonly threads: AugmentThreads | null
}

interface Slot {
  readonly x: Float32Array<ArrayBuffer>
  readonly y: Float32Array<ArrayBuffer>
  /** Samples that are still to be changed. */
  readonly raw: Float32Array<ArrayBuffer>
  readonly count: number
}

/**
 * Reads batches in a known order, ahead of who takes steps on them: pictures are decoded by threads of the system, and changed by threads
 * of ours, while the main thread computes. What lies in memory is read when it is asked for, which takes no time. Which batches come does
 * not depend on how long any of this takes.
 */
export class BatchReader {
  private parts: readonly Uint32Array[] = []
  private epoch: number | null = null
  private readonly ready: Promise<Slot>[] = []
  private readonly free: Slot[] = []
  private given: Slot | null = null
  /** Batches are decoded one after the other: the first is wanted first. */
  private last: Promise<unknown> = Promise.resolve()

  /** `data`: fitted to the network, as it is evaluated on; `size`: the largest batch. */
  constructor(
    private readonly data: DataSet,
    readonly size: number,
    private readonly training: TrainingSamples | null = null,
  ) {}

  /** What is asked for next: `order` in batches, as trained on in an epoch, or as it is (null). */
  begin(order: Uint32Array, epoch: number | null): void {
    for (const stale of this.ready.splice(0)) stale.then((slot) => this.free.push(slot), ignore)
    this.epoch = epoch
    this.parts = Array.from({ length: Math.ceil(order.length / this.size) }, (_, i) =>
      order.subarray(i * this.size, (i + 1) * this.size),
    )
  }

  /** The next batch. Its arrays hold it until the next one is asked for. Rejects where a sample cannot be read. */
  async next(): Promise<Batches> {
    if (this.given) this.free.push(this.given)
    this.given = null
    const { threads } = this.training ?? {}
    const changed = this.epoch === null ? null : threads
    const ahead = changed ? changed.count + 1 : this.data.load ? 1 : 0
    while (this.ready.length <= ahead && this.parts.length > 0) this.start(changed ?? null)
    const slot = await this.ready.shift()
    if (!slot) throw new Error('More batches are asked for than there are.')
    this.given = slot
    const { x, y, count } = slot
    return {
      x: x.subarray(0, (x.length / this.size) * count),
      y: y.subarray(0, (y.length / this.size) * count),
    }
  }

  private start(threads: AugmentThreads | null): void {
    const [part, ...parts] = this.parts
    if (!part) return
    this.parts = parts
    const { epoch } = this
    const read = this.last.then(() => this.fill(part, epoch, threads !== null))
    this.last = read.catch(ignore)
    const whole = threads && epoch !== null ? read.then((slot) => threads.change(slot, part, epoch)) : read
    // Whoever asks for it hears of a failure.
    whole.catch(ignore)
    this.ready.push(whole)
  }

  private async fill(part: Uint32Array, epoch: number | null, unchanged: boolean): Promise<Slot> {
    const slot = this.free.pop() ?? this.newSlot()
    const { training } = this
    if (epoch === null || !training) await readBatch(this.data, part, slot)
    else if (unchanged) await readBatch(training.source, part, { x: slot.raw, y: slot.y })
    else await readBatch(training.data(epoch), part, slot)
    return { ...slot, count: part.length }
  }

  private newSlot(): Slot {
    const raw = this.training?.threads ? makeBatches(this.training.source, this.size).x : new Float32Array()
    return { ...makeBatches(this.data, this.size), raw, count: 0 }
  }
}

const ignore = (): void => {}
