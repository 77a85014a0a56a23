import * as tf from '@tensorflow/tfjs'
import { ownDraws } from '../../layers/draw'
import type { Batch, Compute, StepPass, Task } from '../engine'
import { feedOf, pass } from '../wholeStep/pass'
import { SlotStore } from '../wholeStep/slots'
import { numbersOf, step } from '../wholeStep/step'

/**
 * Steps in which the derivatives of the losses and the optimizer are computed on the GPU too, so that only the outputs are read back.
 * Everything else goes operator by operator, as the model does it.
 */
export class WebgpuCompute implements Compute {
  private readonly slots: SlotStore
  private watched: readonly tf.SymbolicTensor[] = []

  constructor(private readonly task: Task) {
    this.slots = new SlotStore(task)
  }

  watch(nodes: readonly string[]): void {
    this.watched = nodes.flatMap((id) => this.task.compiled.values.get(id)?.[0] ?? [])
  }

  backward(): null {
    return null
  }

  forward(): null {
    return null
  }

  step(batch: Batch, at: { readonly learningRate: number; readonly step: number }, watch: boolean): StepPass | null {
    const { weights } = this.task.compiled
    const before = weights.map((w) => tf.clone(w.variable))
    const found = pass(ownDraws, this.task, watch ? this.watched : [], feedOf(this.task, batch))
    const numbers = numbersOf(this.task, at.learningRate, at.step)
    const stepped = step(this.task, found, this.slots.tensors(), numbers)
    const outputs = found.outputs.map((t) => t.dataSync() as Float32Array)
    const watched = found.watched.map((t) => tf.clone(t))
    tf.dispose([...found.outputs, ...found.watched])
    if (!outputs.every((values) => values.every(Number.isFinite))) {
      weights.forEach(({ variable }, i) => {
        variable.assign(before[i] as tf.Tensor)
      })
      return null
    }
    for (const { name, variable } of weights) {
      const moved = stepped.weights.get(name)
      if (moved) variable.assign(moved)
    }
    const slots = [...stepped.slots].flatMap(([name, own]) =>
      own.map((slot, i) => [`slot:${name}:${i}`, slot] as const),
    )
    this.slots.take(new Map(slots))
    const grads = weights.flatMap(({ name, variable }) => {
      const gradient = watch && stepped.gradients.get(name)
      return gradient ? [[variable.name, gradient] as const] : []
    })
    const penalty = stepped.penalty.dataSync()[0] ?? 0
    return { outputs, watched, penalty, grads: Object.fromEntries(grads) }
  }

  release(what: 'weights' | 'slots'): void {
    if (what === 'slots') this.slots.release()
  }

  dispose(): void {
    this.slots.dispose()
  }
}
