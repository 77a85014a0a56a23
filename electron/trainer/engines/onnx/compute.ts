import * as tf from '@tensorflow/tfjs'
import type { Value } from '#shared/export/onnx/graph'
import { encodeInference } from '#shared/export/onnx/model'
import { onnxNetwork } from '#shared/export/onnx/network'
import type { Compiled } from '../../compile'
import type { Batch, Compute } from '../engine'
import type { Head } from '../head'
import { createSession, type Feeds, floatTensor, type Session } from './session'
import { startOf, TrainingSession } from './trainingSession'

/** Networks as ONNX graphs: one for inference, and one for training per batch size that comes along. Weights stay with tfjs. */
export class OnnxCompute implements Compute {
  private readonly training = new Map<number, TrainingSession>()
  private inference: { readonly session: Session; readonly starts: readonly string[] } | null = null
  private watched: readonly string[] = []

  constructor(
    private readonly compiled: Compiled,
    private readonly heads: readonly Head[],
    private readonly threads: number,
    /** Where training is profiled, the beginning of the file's name. */
    private readonly profile?: string,
  ) {}

  watch(nodes: readonly string[]): void {
    this.watched = nodes
  }

  backward({ count, inputs, sampleWeights, targets }: Batch, watch: boolean) {
    const step = { feeds: this.feeds(inputs), targets, sampleWeights }
    const { gradients, moved, outputs, watched } = this.trainingOf(count).run(step, watch)
    for (const { name, variable } of this.compiled.weights) {
      const value = moved.get(name)
      if (value) variable.assign(tf.tensor(value, variable.shape))
    }
    const grads = this.compiled.weights.flatMap(({ name, spec, variable }) => {
      if (!spec.trainable) return []
      const values = gradients.get(name)
      return [[variable.name, values ? tf.tensor(values, variable.shape) : tf.zeros(variable.shape)] as const]
    })
    return {
      outputs,
      grads: Object.fromEntries(grads),
      watched: watched.map(({ value, values }) => channelsLast(value, values, count)),
    }
  }

  forward(inputs: readonly tf.Tensor[], upTo: 'losses' | 'answers'): Float32Array[] {
    this.inference ??= this.makeInference()
    const { session, starts } = this.inference
    const names = upTo === 'losses' ? starts : this.heads.map((h) => h.id)
    const got = session.run(this.feeds(inputs), Object.fromEntries(names.map((name) => [name, null])))
    return names.map((name) => got[name]?.data as Float32Array)
  }

  dispose(): void {
    for (const session of this.training.values()) session.dispose()
    this.training.clear()
    this.inference?.session.dispose()
    this.inference = null
  }

  private trainingOf(count: number): TrainingSession {
    const have = this.training.get(count)
    if (have) return have
    const { graph, weights } = this.compiled
    const trained = weights.filter((w) => w.spec.trainable).map((w) => w.name)
    const made = new TrainingSession(graph, this.heads, trained, this.watched, count, this.threads, this.profile)
    this.training.set(count, made)
    return made
  }

  private makeInference() {
    const network = onnxNetwork(this.compiled.graph, 'inference')
    const { graph: g, outputs, values } = network
    const starts = this.heads.map((head) => g.last(startOf(g, values, head)))
    const all = new Map([...outputs, ...starts].map((port) => [port.name, port]))
    const session = createSession(encodeInference(network, [...all.values()]), this.threads)
    return { session, starts: starts.map((s) => s.name) }
  }

  private feeds(inputs: readonly tf.Tensor[]): Feeds {
    const own = this.compiled.inputs.map(({ id }, i) => [id, inputs[i] as tf.Tensor] as const)
    const weights = this.compiled.weights.map(({ name, variable }) => [name, variable] as const)
    return Object.fromEntries(
      [...own, ...weights].map(([name, t]) => [name, floatTensor(t.dataSync() as Float32Array, t.shape)]),
    )
  }
}

/** A value of the graph as tfjs has it. */
function channelsLast({ layout, shape }: Value, values: Float32Array, count: number): tf.Tensor {
  if (layout === 'last' || shape.length < 2) return tf.tensor(values, [count, ...shape])
  const turned = tf.tensor(values, [count, ...shape.slice(-1), ...shape.slice(0, -1)])
  return tf.transpose(turned, [0, ...shape.slice(1).map((_, i) => i + 2), 1])
}
