import * as tf from '@tensorflow/tfjs'
import type { Task } from '../engine'

/** What the optimizer remembers, as tensors of a weight's shape, by the weight's name. */
export type SlotTensors = ReadonlyMap<string, readonly tf.Tensor[]>

/** Holds the optimizer's slots as tensors between steps. */
export class SlotStore {
  private held: Map<string, tf.Tensor[]> | null = null

  constructor(private readonly task: Task) {}

  /** As they are now; they stay this store's. */
  tensors(): SlotTensors {
    this.held ??= this.load()
    return this.held
  }

  /** Takes the results of a step that are called `slot:<weight>:<place>`. */
  take(got: ReadonlyMap<string, tf.Tensor>): void {
    for (const [name, tensors] of this.held ?? [])
      tensors.forEach((old, i) => {
        const next = got.get(`slot:${name}:${i}`)
        if (!next) return
        tensors[i] = tf.keep(next)
        old.dispose()
      })
  }

  /** Back into the task's arrays. */
  release(): void {
    for (const [name, tensors] of this.held ?? [])
      tensors.forEach((tensor, i) => {
        this.task.slots.get(name)?.[i]?.set(tensor.dataSync())
      })
    this.dispose()
  }

  dispose(): void {
    tf.dispose([...(this.held?.values() ?? [])].flat())
    this.held = null
  }

  private load(): Map<string, tf.Tensor[]> {
    const { compiled, slots } = this.task
    const shapes = new Map(compiled.weights.map((w) => [w.name, w.variable.shape]))
    return new Map(
      [...slots].map(([name, arrays]) => [name, arrays.map((a) => tf.keep(tf.tensor(a.slice(), shapes.get(name))))]),
    )
  }
}
