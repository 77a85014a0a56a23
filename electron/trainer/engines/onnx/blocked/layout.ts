import type { OnnxGraph, OnnxNode } from '#shared/export/onnx/graph'

/** ONNX Runtime's own operators on maps whose channels lie in blocks: `[batch, channels / block, height, width, block]`. */
export const NCHWC = 'com.microsoft.nchwc'

/** A convolution that is not placed yet, since what follows it may become part of it. Names are those of blocked tensors. */
export interface Pending {
  readonly x: string
  readonly filter: string
  readonly attributes: OnnxNode['attributes']
  readonly bias: string | null
  /** What is added to the result. */
  readonly sum: string | null
  /** What is done with the result, last of all. */
  readonly activation: OnnxNode['attributes'] | null
}

/** Both forms of the tensors of a graph that is being rewritten: plain as ONNX has them, and blocked. Forms are made when they are asked for. */
export class Layout {
  /** Blocked tensors by the names of the plain ones. Channels are filled up to whole blocks; what is in those is of no meaning. */
  private readonly blocked = new Map<string, string>()
  private readonly pending = new Map<string, Pending>()
  /** How a plain tensor is made that has not been needed so far. */
  private readonly late = new Map<string, () => void>()
  /** Plain tensors with their channels last, by the names of those with them first. */
  private readonly last = new Map<string, string>()
  /** Maps as filters of a convolution of every channel by itself, by the plain tensor's name. */
  readonly filters = new Map<string, string>()
  /** Filters that are turned ones with their kernel's axes first: what they are turned from, and whether its last axis is that of the results. */
  readonly turned = new Map<string, { readonly from: string; readonly outLast: boolean }>()
  private readonly bools = new Set<string>()

  constructor(
    readonly g: OnnxGraph,
    readonly block: number,
    /** How often each tensor is used. */
    private readonly uses: ReadonlyMap<string, number>,
  ) {}

  channels(name: string): number {
    return this.g.sizeOf(name)[1] ?? 1
  }
  whole(channels: number): boolean {
    return channels % this.block === 0
  }
  filled(channels: number): number {
    return Math.ceil(channels / this.block) * this.block
  }
  /** Whether something is a map of enough channels: filling up few would be a waste. */
  fits(name: string): boolean {
    return this.g.sizeOf(name).length === 4 && this.channels(name) >= this.block / 2
  }
  /** Whether the blocked form is there, so that going on with it costs nothing. */
  has(name: string): boolean {
    return this.blocked.has(name) || this.pending.has(name)
  }
  only(name: string): boolean {
    return this.uses.get(name) === 1
  }

  /** An operator on blocked tensors. */
  op(op: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}): string {
    const output = this.g.fresh(`blocked/${op}`)
    this.g.place({ op, name: output, inputs, outputs: [output], attributes, domain: NCHWC })
    return output
  }

  /** Says what the blocked form of a tensor is. `bool`: it holds conditions. */
  keep(name: string, blocked: string, bool = false): void {
    this.blocked.set(name, blocked)
    if (bool) this.bools.add(name)
    this.late.set(name, () => this.unblock(name, blocked))
  }
  /** Says that a tensor is a convolution that may still grow. */
  hold(name: string, conv: Pending): void {
    this.pending.set(name, conv)
    this.late.set(name, () => this.unblock(name, this.blockedOf(name)))
  }
  /** A plain tensor that need not be made unless asked for. */
  postpone(name: string, make: () => void, last?: string): void {
    this.late.set(name, make)
    if (last !== undefined) this.last.set(name, last)
  }

  /** Takes up a convolution that nothing else uses, to let it grow under another name. */
  take(name: string): Pending | null {
    const conv = this.pending.get(name)
    if (!conv || !this.only(name)) return null
    this.pending.delete(name)
    this.late.delete(name)
    return conv
  }
  peek(name: string): Pending | null {
    return this.only(name) ? (this.pending.get(name) ?? null) : null
  }

  plain(name: string): string {
    const make = this.late.get(name)
    if (make) {
      this.late.delete(name)
      make()
    }
    return name
  }

  blockedOf(name: string): string {
    const have = this.blocked.get(name)
    if (have !== undefined) return have
    const conv = this.pending.get(name)
    const made = conv ? this.place(conv) : this.reorder(name)
    this.pending.delete(name)
    this.blocked.set(name, made)
    return made
  }

  private place({ activation, attributes, bias, filter, sum, x }: Pending): string {
    const inputs = [x, filter, ...(bias || sum ? [bias ?? ''] : []), ...(sum ? [sum] : [])]
    return this.op('Conv', inputs, { ...attributes, ...activation })
  }

  private reorder(name: string): string {
    const last = this.last.get(name)
    if (last !== undefined && this.whole(this.channels(name)))
      return this.op('ReorderInput', [last], { channels_last: 1 })
    const missing = this.filled(this.channels(name)) - this.channels(name)
    const { g } = this
    const wide = this.plain(name)
    return this.op('ReorderInput', [missing > 0 ? g.op('Pad', [wide, g.ints([0, 0, 0, 0, 0, missing, 0, 0])]) : wide])
  }

  private unblock(name: string, blocked: string): void {
    const { g } = this
    const attributes = { channels: this.channels(name) }
    if (!this.bools.has(name)) {
      g.place({ op: 'ReorderOutput', name, inputs: [blocked], outputs: [name], attributes, domain: NCHWC })
      return
    }
    // Only numbers can be reordered.
    const numbers = this.op('ReorderOutput', [g.op('Cast', [blocked], { to: 1 })], attributes)
    g.place({ op: 'Cast', name, inputs: [numbers], outputs: [name], attributes: { to: 9 } })
  }
}
