import * as tf from '@tensorflow/tfjs'
import type { Tensor } from 'onnxruntime-common'
import type { Task } from '../engine'
import { drop, type Feeds, floatTensor } from './session'

/** An array as it is, and one of the same size that the next step is written into. */
interface Pair {
  now: Tensor
  /** Made when a step is first taken. */
  next: Tensor | null
}
type What = 'weights' | 'slots'

/** Weights and slots between whole steps, as ONNX Runtime reads and writes them. They are taken from the task when they are first asked for. */
export class State {
  private readonly held: { [K in What]: Map<string, Pair> | null } = { weights: null, slots: null }

  /** `read`: brings tensors here that are kept elsewhere; null: none are. */
  constructor(
    private readonly task: Task,
    private readonly read: ((kept: Feeds) => Feeds) | null,
  ) {}

  /** All weights by name, to be fed. */
  weights(): Feeds {
    return Object.fromEntries([...this.all('weights')].map(([name, { now }]) => [name, now]))
  }
  now(what: What, name: string): Tensor {
    return this.pair(what, name).now
  }
  /** To write the next value into; null where it is kept elsewhere. */
  spare(what: What, name: string): Tensor | null {
    if (this.read) return null
    const pair = this.pair(what, name)
    pair.next ??= floatTensor(new Float32Array(pair.now.size), pair.now.dims)
    return pair.next
  }
  /** What was written is the value from now on, or what came of the step. */
  turn(what: What, results: ReadonlyMap<string, Tensor>): void {
    for (const [name, result] of results) {
      const pair = this.pair(what, name)
      if (pair.next) [pair.now, pair.next] = [pair.next, pair.now]
      else {
        drop(pair.now)
        pair.now = result
      }
    }
  }

  /** Brings variables, or the task's slots, up to date, and takes them up anew when they are next asked for. */
  release(what: What): void {
    const own = this.taken(what)
    if (!own) return
    this.forget(what)
    if (what === 'weights')
      for (const { name, variable } of this.task.compiled.weights) {
        const values = own.get(name)
        if (values) tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)))
      }
    else
      for (const [name, arrays] of this.task.slots)
        arrays.forEach((array, i) => {
          const values = own.get(`${name}/${i}`)
          if (values) array.set(values)
        })
  }

  dispose(): void {
    this.forget('weights')
    this.forget('slots')
  }

  /** The values as they are now; null where none were taken up. */
  private taken(what: What): ReadonlyMap<string, Float32Array> | null {
    const own = this.held[what]
    if (!own) return null
    const elsewhere = [...own].flatMap(([name, { now }]) => (now.location === 'cpu' ? [] : [[name, now] as const]))
    const here = elsewhere.length > 0 ? this.read?.(Object.fromEntries(elsewhere)) : undefined
    return new Map([...own].map(([name, { now }]) => [name, (here?.[name] ?? now).data as Float32Array]))
  }

  private forget(what: What): void {
    for (const { now } of this.held[what]?.values() ?? []) drop(now)
    this.held[what] = null
  }

  private pair(what: What, name: string): Pair {
    const pair = this.all(what).get(name)
    if (!pair) throw new Error(`A step asked for ${name}, which is none of the ${what}.`)
    return pair
  }

  private all(what: What): Map<string, Pair> {
    const own = this.held[what] ?? new Map(what === 'weights' ? this.takeWeights() : this.takeSlots())
    this.held[what] = own
    return own
  }

  private takeWeights(): (readonly [string, Pair])[] {
    return this.task.compiled.weights.map(({ name, variable }) => [
      name,
      pairOf((variable.dataSync() as Float32Array).slice(), variable.shape),
    ])
  }

  private takeSlots(): (readonly [string, Pair])[] {
    return this.task.compiled.weights.flatMap(({ name, variable }) =>
      (this.task.slots.get(name) ?? []).map(
        (array, i) => [`${name}/${i}`, pairOf(array.slice(), variable.shape)] as const,
      ),
    )
  }
}

const pairOf = (values: Float32Array, shape: readonly number[]): Pair => ({
  now: floatTensor(values, shape),
  next: null,
})
