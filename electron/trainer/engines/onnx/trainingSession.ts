import type { Tensor } from 'onnxruntime-common'
import type { Noise, OnnxGraph, Value } from '#shared/export/onnx/graph'
import { encodeTraining } from '#shared/export/onnx/model'
import { onnxNetwork } from '#shared/export/onnx/network'
import type { Graph } from '#shared/graph/graph'
import { losses } from '#shared/training/losses'
import type { Head } from '../head'
import { blockSize } from './blocked/blockSize'
import { putInBlocks } from './blocked/putInBlocks'
import { differentiate } from './differentiate'
import { createSession, type Feeds, floatTensor, type Session } from './session'
import { slopes } from './slopes'

export interface Step {
  readonly feeds: Feeds
  /** Of each head. */
  readonly targets: readonly Float32Array[]
  /** How much each sample counts; null: all the same. */
  readonly sampleWeights: Float32Array | null
}

/** Forward and backward through a network for batches of one size, as one graph. */
export class TrainingSession {
  private readonly session: Session
  private readonly noises: readonly Noise[]
  /** Tensors of the graph by what they are. */
  private readonly outputs: readonly string[]
  private readonly gradients: ReadonlyMap<string, string>
  private readonly moved: OnnxGraph['moved']
  private readonly watched: readonly Value[]

  constructor(
    graph: Graph,
    private readonly heads: readonly Head[],
    trained: readonly string[],
    watched: readonly string[],
    private readonly batch: number,
    threads: number,
    profile?: string,
  ) {
    const { graph: g, inputs, values } = onnxNetwork(graph, { batch })
    g.enter('loss', 'loss', {})
    g.feed('sampleWeights', [1])
    const starts = heads.map((head) => g.last(startOf(g, values, head)))
    const seeds = heads.flatMap(({ loss, size, weight }, i) => {
      const start = starts[i]
      g.feed(`target${i}`, [size])
      if (!start || weight === 0) return []
      const slope = slopes[loss](g, g.reshape(start, [size]).name, `target${i}`, size)
      const scaled = g.op('Mul', [slope, g.op('Mul', ['sampleWeights', g.floats([weight / batch])])])
      return [[start.name, g.op('Reshape', [scaled, g.ints(g.sizeOf(start.name))])] as const]
    })
    this.outputs = starts.map((s) => s.name)
    this.gradients = differentiate(g, seeds, trained)
    this.moved = g.moved
    this.noises = g.noises
    this.watched = watched.flatMap((id) => values.get(id) ?? [])
    const results = new Set([...this.outputs, ...this.gradients.values(), ...g.moved.map((m) => m.value)])
    for (const { name } of this.watched) results.add(name)
    const block = blockSize()
    if (block !== null) putInBlocks(g, [...results], block)
    const fed = [...inputs.map((i) => i.name), 'sampleWeights', ...heads.map((_, i) => `target${i}`)]
    this.session = createSession(encodeTraining(g, fed, [...results]), threads, profile)
  }

  /** `watch`: whether the watched values are wanted, too. */
  run({ feeds, sampleWeights, targets }: Step, watch: boolean) {
    const { batch, heads } = this
    const all: Record<string, Tensor> = {
      ...feeds,
      sampleWeights: floatTensor(sampleWeights ?? new Float32Array(batch).fill(1), [batch, 1]),
    }
    heads.forEach(({ size }, i) => {
      all[`target${i}`] = floatTensor(targets[i] as Float32Array, [batch, size])
    })
    for (const noise of this.noises) all[noise.name] = drawNoise(noise, batch)
    const wanted = [
      ...this.outputs,
      ...this.gradients.values(),
      ...this.moved.map((m) => m.value),
      ...(watch ? this.watched.map((v) => v.name) : []),
    ]
    const got = this.session.run(all, Object.fromEntries(wanted.map((name) => [name, null])))
    const of = (name: string) => got[name]?.data as Float32Array
    return {
      outputs: this.outputs.map(of),
      gradients: new Map([...this.gradients].map(([weight, name]) => [weight, of(name)])),
      moved: new Map(this.moved.map(({ weight, value }) => [weight, of(value)])),
      watched: watch ? this.watched.map((value) => ({ value, values: of(value.name) })) : [],
    }
  }

  dispose(): void {
    this.session.dispose()
  }
}

/** Where the loss starts: before the softmax or sigmoid that ends an output, if it wants what enters that. */
export function startOf(g: OnnxGraph, values: ReadonlyMap<string, Value>, { loss, source }: Head): Value {
  const value = values.get(source)
  if (!value) throw new Error(`The layer ${source} computes nothing.`)
  const ending = { softmax: 'Softmax', sigmoid: 'Sigmoid' } as const
  const { logitsOf } = losses[loss]
  const last = g.nodes.find((n) => n.outputs.includes(value.name))
  const before = logitsOf && last?.op === ending[logitsOf] ? last.inputs[0] : undefined
  return before === undefined ? value : { ...value, name: before }
}

/** By `Math.random`, as the layers of tfjs draw theirs. */
function drawNoise({ kind, shape }: Noise, batch: number): Tensor {
  const values = new Float32Array(batch * shape.reduce((a, b) => a * b, 1))
  for (let i = 0; i < values.length; i++) values[i] = kind === 'uniform' ? Math.random() : normal()
  return floatTensor(values, [batch, ...shape])
}

/** Box and Muller, 1958. */
const normal = (): number => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
