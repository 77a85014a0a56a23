import * as tf from '@tensorflow/tfjs'
import type { Binding, NodeBackend } from './binding'
import { TensorFlowGraph } from './graph'
import { StandIns } from './standIns'

/** A computation as a graph. */
export interface Traced {
  readonly graph: TensorFlowGraph
  /** What the graph calls what it is fed, and its results by their own names. */
  readonly inputs: readonly string[]
  readonly results: ReadonlyMap<string, string>
}

/**
 * Runs a computation once, on zeros in place of what comes of its operators, and notes which of them TensorFlow is asked for. What it
 * computes with must be among `inputs`, or made within it: such values become constants. Throws where it reads numbers back, draws random
 * ones in JavaScript, or uses or changes anything else: its graph would not do again what it did. Variables among the inputs are left as
 * they were.
 */
export function trace(
  backend: NodeBackend,
  inputs: readonly tf.Tensor[],
  compute: () => ReadonlyMap<string, tf.Tensor>,
): Traced {
  const { binding, getInputTensorIds, write } = backend
  const { random } = Math
  const variables = inputs.filter((t) => t instanceof tf.Variable)
  const before = variables.map((v) => tf.keep(tf.clone(v)))
  const others = Object.values(tf.engine().registeredVariables).filter((v) => !variables.includes(v))
  const data = others.map((v) => v.dataId)
  const tracer = new Tracer(backend)
  const fed = inputs.map((tensor) => tracer.feed(tensor))
  try {
    backend.binding = tracer.binding()
    backend.getInputTensorIds = (tensors) => tracer.idsOf(tensors)
    backend.write = (...values) => tracer.write(write.apply(backend, values))
    Math.random = () => {
      throw new Error('The computation draws random numbers in JavaScript.')
    }
    const results = new Map<string, string>()
    tf.tidy(() => {
      const found = compute()
      for (const [name, tensor] of found) results.set(name, tracer.fetch(tensor))
      // Some may have been kept.
      tf.dispose([...found.values()].filter((tensor) => !inputs.includes(tensor)))
    })
    const changed = others.find((v, i) => v.dataId !== data[i])
    if (changed) throw new Error(`The computation changes the variable ${changed.name}, which it was not given.`)
    return { graph: tracer.graph, inputs: fed, results }
  } finally {
    // First, since what they were changed to is the tracer's.
    variables.forEach((v, i) => {
      const old = before[i]
      if (old && v.dataId !== old.dataId) v.assign(old)
      old?.dispose()
    })
    tracer.dispose()
    Object.assign(backend, { binding, getInputTensorIds, write })
    Math.random = random
  }
}

class Tracer {
  readonly graph = new TensorFlowGraph()
  private readonly real: Binding
  private readonly idsOfReal: NodeBackend['getInputTensorIds']
  /** Tensors of the graph, by the addon's ids. */
  private readonly names = new Map<number, string>()
  private readonly fed = new Set<string>()
  /** Values that the computation itself has made. */
  private readonly own = new WeakSet<object>()
  private readonly standIns: StandIns

  constructor(private readonly backend: NodeBackend) {
    this.real = backend.binding
    this.standIns = new StandIns(this.real)
    this.idsOfReal = backend.getInputTensorIds.bind(backend)
  }

  feed(tensor: tf.Tensor): string {
    const [id = -1] = this.idsOfReal([tensor])
    if (this.names.has(id)) throw new Error('Two inputs of a computation are the same tensor.')
    const name = this.graph.placeholder(tensor.dtype, tensor.shape)
    this.names.set(id, name)
    this.fed.add(name)
    return name
  }

  fetch(tensor: tf.Tensor): string {
    const [id = -1] = this.idsOf([tensor])
    const name = this.nameOf(id)
    // TensorFlow does not fetch what it is fed.
    return this.fed.has(name) ? this.graph.identity(name, tensor.dtype) : name
  }

  write(dataId: object): object {
    this.own.add(dataId)
    return dataId
  }

  idsOf(tensors: readonly tf.TensorInfo[]): number[] {
    for (const { dataId } of tensors)
      if (this.backend.tensorMap.get(dataId)?.values && !this.own.has(dataId)) throw madeBefore()
    return this.idsOfReal(tensors)
  }

  /** The addon, with an eye on what it is asked for. */
  binding(): Binding {
    const { graph, names, real, standIns } = this
    const seen: Pick<Binding, 'createTensor' | 'deleteTensor' | 'executeOp' | 'tensorDataSync'> = {
      createTensor(shape, dtype, values) {
        const id = real.createTensor(shape, dtype, values)
        names.set(id, graph.constant(dtype, shape, values))
        return id
      },
      deleteTensor: (id) => standIns.deleteTensor(id),
      executeOp: (op, attributes, inputs, outputs) => {
        const from = inputs.map((id) => this.nameOf(id))
        const given = inputs.map((id) => standIns.idOf(id))
        const held = real.executeOp(op, attributes, given, outputs)
        const node = graph.operator(op, from, attributes)
        held.forEach((result, i) => {
          names.set(result.id, i === 0 ? node : `${node}:${i}`)
          standIns.replace(result)
        })
        return held
      },
      tensorDataSync() {
        throw new Error('The computation reads numbers back.')
      },
    }
    // Of an empty object: what belongs to the addon cannot be overwritten, not even by a proxy.
    return new Proxy({} as Binding, { get: (_, key) => Reflect.get(seen, key) ?? Reflect.get(real, key) })
  }

  dispose(): void {
    this.standIns.dispose()
  }

  private nameOf(id: number): string {
    const name = this.names.get(id)
    if (name === undefined) throw madeBefore()
    return name
  }
}

const madeBefore = () => new Error('The computation uses a tensor that was made before it.')
