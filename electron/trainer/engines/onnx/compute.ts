import * as tf from '@tensorflow/tfjs'
import type { Value } from '#shared/export/onnx/graph'
import { encodeInference } from '#shared/export/onnx/model'
import { onnxNetwork } from '#shared/export/onnx/network'
import type { Batch, Compute, Pass, StepPass, Task } from '../engine'
import { lower } from './providers/lower'
import { readBack } from './providers/staying'
import { createSession, type Feeds, floatTensor, type Session } from './session'
import { State } from './state'
import { startOf } from './trainingGraph'
import { type Options, TrainingSession } from './trainingSession'

/**
 * Networks as ONNX graphs: one for inference, and one per batch size that comes along for whole steps, or for gradients alone. Between whole
 * steps, weights and slots stay here.
 */
export class OnnxCompute implements Compute {
  mixed = false
  private readonly sessions = new Map<string, TrainingSession>()
  private readonly state: State
  private inference: { readonly session: Session; readonly starts: readonly string[] } | null = null
  private watched: readonly string[] = []

  constructor(
    private readonly task: Task,
    private readonly options: Options,
  ) {
    this.state = new State(task, options.provider?.keeps ? (kept) => readBack(kept, options) : null)
  }

  watch(nodes: readonly string[]): void {
    this.watched = nodes
  }

  backward(batch: Batch, watch: boolean): Pass {
    const session = this.sessionOf(batch.count, false)
    const feeds = { ...this.state.weights(), ...this.inputs(batch.inputs) }
    const { gradients, moved, outputs, watched } = session.run(feeds, batch, watch)
    // The variables count: what uses the gradients changes them.
    this.release('weights')
    for (const { name, variable } of this.task.compiled.weights) {
      const value = moved.get(name)
      if (value) variable.assign(tf.tensor(value, variable.shape))
    }
    return { outputs, grads: this.gradients(gradients, true), watched: seen(watched, batch.count) }
  }

  step(batch: Batch, at: { readonly learningRate: number; readonly step: number }, watch: boolean): StepPass | null {
    const done = this.sessionOf(batch.count, true).step(this.state, this.inputs(batch.inputs), batch, at, watch)
    if (!done) return null
    const { gradients, outputs, penalty, watched } = done
    return { outputs, penalty, grads: this.gradients(gradients, false), watched: seen(watched, batch.count) }
  }

  forward(inputs: readonly tf.Tensor[], upTo: 'losses' | 'answers'): Float32Array[] {
    this.inference ??= this.makeInference()
    const { session, starts } = this.inference
    const names = upTo === 'losses' ? starts : this.task.heads.map((h) => h.id)
    const feeds = { ...this.state.weights(), ...this.inputs(inputs) }
    const got = session.run(feeds, Object.fromEntries(names.map((name) => [name, null])))
    return names.map((name) => got[name]?.data as Float32Array)
  }

  release(what: 'weights' | 'slots'): void {
    this.state.release(what)
  }

  dispose(): void {
    // What a session has left on a GPU must not outlive it.
    this.state.dispose()
    for (const session of this.sessions.values()) session.dispose()
    this.sessions.clear()
    this.inference?.session.dispose()
    this.inference = null
  }

  private sessionOf(count: number, whole: boolean): TrainingSession {
    const key = `${count} ${whole}`
    const { options, task, watched } = this
    const session = this.sessions.get(key) ?? new TrainingSession(task, count, watched, whole, options)
    this.sessions.set(key, session)
    this.mixed ||= session.mixed
    return session
  }

  private makeInference() {
    const network = onnxNetwork(this.task.compiled.graph, 'inference')
    const { graph: g, outputs, values } = network
    const starts = this.task.heads.map((head) => g.last(startOf(g, values, head)))
    const all = new Map([...outputs, ...starts].map((port) => [port.name, port]))
    const { provider, threads } = this.options
    if (provider) lower(g)
    const session = createSession(encodeInference(network, [...all.values()]), { threads, provider })
    this.mixed ||= session.mixed
    return { session, starts: starts.map((s) => s.name) }
  }

  private inputs(tensors: readonly tf.Tensor[]): Feeds {
    return Object.fromEntries(
      this.task.compiled.inputs.map(({ id }, i) => {
        const t = tensors[i] as tf.Tensor
        return [id, floatTensor(t.dataSync() as Float32Array, t.shape)] as const
      }),
    )
  }

  /** By the names of variables. `all`: zeros for weights that have none. */
  private gradients(found: ReadonlyMap<string, Float32Array>, all: boolean): tf.NamedTensorMap {
    const entries = this.task.compiled.weights.flatMap(({ name, spec, variable }) => {
      const values = found.get(name)
      if (!spec.trainable || (!values && !all)) return []
      return [[variable.name, values ? tf.tensor(values, variable.shape) : tf.zeros(variable.shape)] as const]
    })
    return Object.fromEntries(entries)
  }
}

const seen = (
  watched: readonly { readonly value: Value; readonly values: Float32Array }[],
  count: number,
): tf.Tensor[] => watched.map(({ value, values }) => channelsLast(value, values, count))

/** A value of the graph as tfjs has it. */
function channelsLast({ layout, shape }: Value, values: Float32Array, count: number): tf.Tensor {
  if (layout === 'last' || shape.length < 2) return tf.tensor(values, [count, ...shape])
  const turned = tf.tensor(values, [count, ...shape.slice(-1), ...shape.slice(0, -1)])
  return tf.transpose(turned, [0, ...shape.slice(1).map((_, i) => i + 2), 1])
}
