import { failure } from '../../training/failures'
import type { HelperName } from './helpers'

/** A Python literal, or, as a text, Python itself. */
export type Literal = number | boolean | string | readonly number[]
export interface Arg {
  readonly name: string
  readonly value: Literal
  /** Written without its name. */
  readonly positional?: boolean
  /** Left out where it is this. */
  readonly default?: Literal
}

/** A weight of a module: what it is called there, its size in PyTorch, and what it is made of. */
export interface TorchWeight {
  readonly path: string
  readonly shape: readonly number[]
  /** The weight's own name, `<node>/<weight>`, or what it is filled with. */
  readonly from: string | number
  /** From our layout into PyTorch's. */
  turn?(values: Float32Array): Float32Array
}

export interface Module {
  readonly type: string
  readonly args: readonly Arg[]
  /** Functions that the module is passed through, from the inside out. */
  readonly wraps?: readonly HelperName[]
  readonly weights: readonly TorchWeight[]
  /** Those of a Sequential, as they are written; in place of arguments. */
  readonly children?: readonly Child[]
}
export type Child = Module | string

/**
 * Which order the elements of a value have: as in the drawing, channels last, or as PyTorch's layers want them, channels first. A flat
 * value that was laid out channels first says where each of its elements would stand otherwise.
 */
export interface TorchValue {
  readonly id: number
  /** As in the drawing: without the batch axis, channels last. */
  readonly shape: readonly number[]
  readonly layout: 'first' | 'last'
  readonly order: readonly number[] | null
  /** The nodes that laid it out so. */
  readonly flattened: readonly string[]
}

interface ModuleCall {
  readonly kind: 'module'
  /** Calls with the same key call the same module. */
  readonly key: string
  readonly module: Module
  /** How it is called, where not as `self.name(x)`; a Sequential cannot hold it then. */
  readonly write?: ((self: string, x: string) => string) | undefined
}
interface FunctionCall {
  readonly kind: 'function'
  write(inputs: readonly string[]): string
  /** `infix` and `method` say where parentheses would be needed. */
  readonly form: 'call' | 'method' | 'infix'
  /** The same as a module within a Sequential; null where there is none. */
  readonly module: string | null
}
export interface Step {
  readonly name: string
  /** Id of the innermost group that it stands in. */
  readonly group: string | undefined
  readonly inputs: readonly TorchValue[]
  readonly output: TorchValue
  readonly how: ModuleCall | FunctionCall
}

type Place = Pick<TorchValue, 'shape' | 'layout'> & Partial<Pick<TorchValue, 'order' | 'flattened'>>
interface Entered {
  readonly id: string
  readonly owner: string
  readonly name: string
  readonly group: string | undefined
  readonly weights: Readonly<Record<string, readonly number[]>>
  /** Other nodes use the same modules. */
  readonly shared: boolean
}

export const sameOrder = (a: readonly number[] | null, b: readonly number[] | null): boolean =>
  a === b || (a !== null && b !== null && a.length === b.length && a.every((n, i) => n === b[i]))

/** The steps of a network in PyTorch, as the layers add them. */
export class TorchGraph {
  readonly steps: Step[] = []
  /** Nodes whose flat output is wanted in the drawing's order by something behind them. */
  readonly wanted = new Set<string>()
  /** Why a layer cannot be written. */
  readonly refused: string[] = []
  private readonly turned = new Map<string, TorchValue>()
  /** What entered shared modules, by their owner. */
  private readonly entered = new Map<string, TorchValue>()
  private count = 0
  private at: Entered = { id: '', owner: '', name: '', group: undefined, weights: {}, shared: false }

  /** `drawn`: the nodes that lay their output out in the drawing's order. */
  constructor(private readonly drawn: ReadonlySet<string>) {}

  /** What is added from now on computes this node. */
  enter(node: Entered): void {
    this.at = node
  }
  get shared(): boolean {
    return this.at.shared
  }

  value({ shape, layout, order = null, flattened = [] }: Place): TorchValue {
    return { id: this.count++, shape, layout, order, flattened }
  }

  /** A module with weights or a state, applied to one value. `part` tells several modules of a node apart. */
  module(
    x: TorchValue,
    module: Module,
    output: Place,
    { part = '', write }: { readonly part?: string; readonly write?: (self: string, x: string) => string } = {},
  ): TorchValue {
    const name = part === '' ? this.at.name : `${this.at.name} ${part}`
    return this.add(name, [x], output, { kind: 'module', key: `${this.at.owner}/${part}`, module, write })
  }

  /** A function of one value or of several. */
  call(
    inputs: readonly TorchValue[],
    write: FunctionCall['write'],
    output: Place,
    { form = 'call', module = null }: Partial<Pick<FunctionCall, 'form' | 'module'>> = {},
  ): TorchValue {
    return this.add(this.at.name, inputs, output, { kind: 'function', write, form, module })
  }

  private add(name: string, inputs: readonly TorchValue[], output: Place, how: Step['how']): TorchValue {
    const value = this.value(output)
    this.steps.push({ name, group: this.at.group, inputs, output: value, how })
    return value
  }

  /** The layer cannot be written: `reason` is a phrase that ends the sentence “… cannot be written for PyTorch: ”. */
  cannot(reason: string, shape: readonly number[]): TorchValue {
    this.refused.push(failure('notInTorch', { layer: this.at.name, reason }))
    return this.value({ shape, layout: 'last' })
  }

  /** The same tensor with its channels behind the batch. */
  first(v: TorchValue): TorchValue {
    return this.turn(v, 'first', 'movedim(-1, 1)')
  }
  /** The same tensor with its channels last, and the elements of a vector in the drawing's order. */
  last(v: TorchValue): TorchValue {
    return this.turn(this.natural(v), 'last', 'movedim(1, -1)')
  }
  private turn(v: TorchValue, layout: TorchValue['layout'], method: string): TorchValue {
    // Of vectors there is only one layout.
    if (v.layout === layout || v.shape.length < 2) return { ...v, layout }
    // Within a group for itself, so that a group does not end in two values.
    const key = `${v.id} ${layout} ${this.at.group}`
    const have = this.turned.get(key)
    if (have) return have
    const turned = this.call([v], ([x]) => `${x}.${method}`, { shape: v.shape, layout }, { form: 'method' })
    this.turned.set(key, turned)
    return turned
  }
  /** Insists on the drawing's order; where it is another, everything is written once more with that in mind. */
  natural(v: TorchValue): TorchValue {
    if (v.order) for (const node of v.flattened) this.wanted.add(node)
    return v
  }
  /** What enters modules that other nodes use too: where the orders of elements differ, all take the drawing's. */
  agree(v: TorchValue): void {
    const before = this.entered.get(this.at.owner) ?? v
    if (!sameOrder(before.order, v.order)) for (const one of [before, v]) this.natural(one)
    this.entered.set(this.at.owner, v)
  }
  /** Does this node lay its output out in the drawing's order? */
  get keepsOrder(): boolean {
    return this.drawn.has(this.at.id)
  }
  get id(): string {
    return this.at.id
  }

  /** Where an axis of the sample (0 is the first after the batch; negative from the end) lies in the tensor. */
  axis({ shape, layout }: TorchValue, axis: number): number {
    const at = axis < 0 ? axis + shape.length : axis
    if (layout === 'last' || shape.length < 2) return at + 1
    return at === shape.length - 1 ? 1 : at + 2
  }
  /** The axes of a map without its channels. */
  spatial(v: TorchValue): readonly number[] {
    return v.shape.slice(1).map((_, i) => this.axis(v, i))
  }

  has(name: string): boolean {
    return name in this.at.weights
  }
  weightShape(name: string): readonly number[] {
    return this.at.weights[name] ?? []
  }
  /** A weight of the layer at work under its name in the module; nothing where the layer has none of this name. */
  weight(
    name: string,
    path: string,
    shape: readonly number[],
    turn?: (values: Float32Array, from: readonly number[]) => Float32Array,
  ): readonly TorchWeight[] {
    const from = this.at.weights[name]
    if (!from) return []
    const full = `${this.at.owner}/${name}`
    return [{ path, shape, from: full, ...(turn && { turn: (values: Float32Array) => turn(values, from) }) }]
  }
}
