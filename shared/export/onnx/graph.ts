import { type Known, shapesOf } from './shapes'
import { laidOut, type WeightLayout } from './weightLayout'

/** Plain numbers are ONNX ints; floats say so. */
export type Attribute =
  | number
  | readonly number[]
  | string
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] }
export interface OnnxNode {
  readonly op: string
  readonly name: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Of operators beyond ONNX's own. */
  readonly domain?: string
}
export interface Constant {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array | BigInt64Array
}

export interface WeightUse extends WeightLayout {
  readonly name: string
  /** In tfjs's layout. */
  readonly from: readonly number[]
}

/**
 * A tensor within the graph. `shape` is that of one sample with channels last, whatever the order in memory: with `first` the axes lie as
 * batch, channels, height, width, which is what ONNX's convolutions and poolings want.
 */
export interface Value {
  readonly name: string
  readonly shape: readonly number[]
  readonly layout: 'first' | 'last'
}

/** A gradient of each input, null where none flows, from those of the outputs. Adds operators to the graph. */
export type Backward = (outputs: readonly (string | null)[], wanted: readonly boolean[]) => readonly (string | null)[]

/** What was computed from what: an operator, or several with a gradient of their own. */
export interface Step {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly how: { readonly op: OnnxNode } | { readonly backward: Backward }
}

/** Random numbers that are fed while training, per batch: within 0…1, or of mean 0 and variance 1. */
export interface Noise {
  readonly name: string
  readonly kind: 'uniform' | 'normal'
  readonly shape: readonly number[]
}

/** Batch and sample axes of channels-last order, in channels-first order, and back. */
const toFirst = (rank: number): number[] => [0, rank, ...Array.from({ length: rank - 1 }, (_, i) => i + 1)]
const toLast = (rank: number): number[] => [0, ...Array.from({ length: rank - 1 }, (_, i) => i + 2), 1]

/**
 * What a graph is for: a file that holds its weights; inference with weights that are fed, in tfjs's layout; training, with weights that
 * are fed, in batches of a fixed size. Only the last has sizes for all tensors.
 */
export type Mode = 'file' | 'inference' | { readonly batch: number }

/** An ONNX graph in the making. */
export class OnnxGraph {
  readonly nodes: OnnxNode[] = []
  readonly constants: Constant[] = []
  readonly weights: WeightUse[] = []
  /** How everything was computed, in order. */
  readonly tape: Step[] = []
  readonly noises: Noise[] = []
  /** New values of weights that training moves by itself: moving statistics. */
  readonly moved: { readonly weight: string; readonly value: string }[] = []
  private inBlock = false
  private readonly names = new Set<string>()
  private readonly known = new Map<string, string>()
  private readonly turned = new Map<string, Value>()
  /** Name of the layer at work: what its operators and tensors are called by. */
  private scope = ''
  /** Name of the layer whose weights it uses. */
  private owner = ''
  private shapes: Readonly<Record<string, readonly number[]>> = {}
  /** Whether the layer at work keeps its weights while training; batch normalization then goes by its moving statistics. */
  frozen = false

  /** While training: the sizes of all tensors, with the batch. */
  private readonly tensors = new Map<string, Known>()

  /** The number of samples per step of a graph for training. */
  readonly batch: number | null

  constructor(private readonly mode: Mode = 'file') {
    this.batch = typeof mode === 'object' ? mode.batch : null
  }

  /** Weights lie in the file, in ONNX's layout. */
  get storesWeights(): boolean {
    return this.mode === 'file'
  }
  /** Layers do what they do while training. */
  get training(): boolean {
    return this.batch !== null
  }

  /** From now on operators belong to this layer. `shapes` are those of its weights, which are called by `owner`. */
  enter(scope: string, owner: string, shapes: Readonly<Record<string, readonly number[]>>, frozen = false): void {
    this.frozen = frozen
    this.scope = scope
    this.owner = owner
    this.shapes = shapes
  }

  /** Reserves a name, or the next free one after it. */
  fresh(base: string): string {
    let name = base
    for (let n = 2; this.names.has(name); n++) name = `${base}_${n}`
    this.names.add(name)
    return name
  }

  /** Adds an operator and returns the name of its result. */
  op(op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.ops(op, inputs, 1, attributes)[0] ?? ''
  }

  /** Adds an operator with several results. */
  ops(op: string, inputs: readonly string[], count: number, attributes: OnnxNode['attributes'] = {}): string[] {
    const name = this.fresh(`${this.scope}/${op}`)
    const outputs = Array.from({ length: count }, (_, i) => (i === 0 ? name : this.fresh(`${name}:${i}`)))
    const node = { op, name, inputs, outputs, attributes }
    this.place(node)
    if (!this.inBlock) this.tape.push({ inputs, outputs, how: { op: node } })
    return outputs
  }

  /** Adds an operator as it is, with no part in gradients. Of results that were known before, the sizes stay. */
  place(node: OnnxNode): void {
    this.nodes.push(node)
    if (!this.training || node.outputs.every((o) => this.tensors.has(o))) return
    const known = node.inputs.map((i) => this.tensors.get(i) ?? { shape: [] })
    shapesOf(node, known).forEach((shape, i) => {
      this.tensors.set(node.outputs[i] ?? '', { shape })
    })
  }

  /** The size of a tensor of a graph for training, with the batch. */
  sizeOf(name: string): readonly number[] {
    return this.tensors.get(name)?.shape ?? []
  }
  /** The whole numbers of a constant. */
  intsOf(name: string): readonly number[] {
    return this.tensors.get(name)?.ints ?? []
  }
  /** The numbers of a short constant. */
  floatsOf(name: string): readonly number[] {
    return this.tensors.get(name)?.floats ?? []
  }
  /** Says that a tensor is fed, per sample of this shape. */
  feed(name: string, shape: readonly number[]): void {
    if (this.batch !== null) this.tensors.set(name, { shape: [this.batch, ...shape] })
  }

  /** Says that a tensor of this size is fed, whatever the batch. */
  declare(name: string, size: readonly number[]): void {
    this.tensors.set(name, { shape: size })
  }

  /** Gives a tensor the name under which it leaves the graph. */
  deliver(value: string, name: string): void {
    this.nodes.push({ op: 'Identity', name: `${name}/output`, inputs: [value], outputs: [name], attributes: {} })
    this.tensors.set(name, { shape: this.sizeOf(value) })
    this.tape.push({ inputs: [value], outputs: [name], how: { backward: ([dy = null]) => [dy] } })
  }

  /** Operators whose gradient is known as a whole. */
  block(inputs: readonly string[], forward: () => string, backward: Backward): string {
    this.inBlock = true
    const output = forward()
    this.inBlock = false
    this.tape.push({ inputs, outputs: [output], how: { backward } })
    return output
  }

  /** The sizes of one sample of a tensor, as they lie in memory. */
  inMemory({ shape, layout }: Value): readonly number[] {
    return layout === 'last' ? shape : [...shape.slice(-1), ...shape.slice(0, -1)]
  }

  /** Random numbers for each sample. */
  noise(kind: Noise['kind'], shape: readonly number[]): string {
    const name = this.fresh(`${this.scope}/noise`)
    this.noises.push({ name, kind, shape })
    this.feed(name, shape)
    return name
  }

  /** A constant of floats; a single number unless a shape is given. Equal ones are kept once. */
  floats(values: readonly number[], shape: readonly number[] = []): string {
    return this.constant(Float32Array.from(values), shape, 'c')
  }
  /** A list of whole numbers: axes, shapes, indices. */
  ints(values: readonly number[]): string {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length], 'i')
  }
  /** One whole number. */
  int(value: number): string {
    return this.constant(BigInt64Array.of(BigInt(value)), [], 'i')
  }
  private constant(values: Constant['values'], shape: readonly number[], kind: string): string {
    const key = `${kind}${shape.join()}:${values.join()}`
    const have = this.known.get(key)
    if (have) return have
    const name = this.fresh(`constant_${this.constants.length + 1}`)
    this.constants.push({ name, shape, values })
    const known =
      values instanceof BigInt64Array
        ? { ints: Array.from(values, Number) }
        : values.length <= 8 && { floats: [...values] }
    this.tensors.set(name, { shape, ...known })
    this.known.set(key, name)
    return name
  }

  /** A weight of the layer at work; null where the layer has none of this name. */
  optionalWeight(name: string, layout: WeightLayout = {}): string | null {
    const from = this.shapes[name]
    if (!from) return null
    const full = `${this.owner}/${name}`
    if (this.storesWeights) {
      if (!this.names.has(full)) {
        this.names.add(full)
        this.weights.push({ name: full, from, ...layout })
      }
      return full
    }
    // Weights are fed in tfjs's layout and turned within the graph, so that gradients come out in it, too.
    if (!this.names.has(full)) {
      this.names.add(full)
      this.weights.push({ name: full, from })
      this.tensors.set(full, { shape: from })
    }
    return laidOut(this, full, layout)
  }
  weight(name: string, layout: WeightLayout = {}): string {
    return this.optionalWeight(name, layout) ?? ''
  }
  /** What a weight of the layer at work is called in the whole network. */
  nameOf(name: string): string {
    return `${this.owner}/${name}`
  }
  weightShape(name: string): readonly number[] {
    return this.shapes[name] ?? []
  }

  /** The same tensor with its channels first. */
  first(v: Value): Value {
    return this.turn(v, 'first')
  }
  /** The same tensor with its channels last. */
  last(v: Value): Value {
    return this.turn(v, 'last')
  }
  private turn(v: Value, layout: Value['layout']): Value {
    // Of vectors there is only one order.
    if (v.layout === layout || v.shape.length < 2) return { ...v, layout }
    const have = this.turned.get(v.name)
    if (have) return have
    const rank = v.shape.length
    const name = this.op('Transpose', [v.name], { perm: layout === 'first' ? toFirst(rank) : toLast(rank) })
    const turned: Value = { ...v, name, layout }
    this.turned.set(v.name, turned)
    this.turned.set(name, v)
    return turned
  }
  /** Where an axis of the sample (0 is the first after the batch; negative from the end) lies in the tensor. */
  axis({ shape, layout }: Value, axis: number): number {
    const at = axis < 0 ? axis + shape.length : axis
    if (layout === 'last' || shape.length < 2) return at + 1
    return at === shape.length - 1 ? 1 : at + 2
  }
  /** The same elements, channels last, seen in another shape. */
  reshape(v: Value, shape: readonly number[]): Value {
    const { name } = this.last(v)
    return { name: this.op('Reshape', [name, this.ints([0, ...shape])]), shape, layout: 'last' }
  }
  /** An operator that works element by element, on one tensor. */
  each(op: string, v: Value, attributes: OnnxNode['attributes'] = {}, more: readonly string[] = []): Value {
    return { ...v, name: this.op(op, [v.name, ...more], attributes) }
  }
}
