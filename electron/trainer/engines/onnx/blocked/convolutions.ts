import type { OnnxNode } from '#shared/export/onnx/graph'
import { blockedFilter, perChannel } from './filters'
import type { Layout, Pending } from './layout'

/** Rewrites an operator for blocked tensors, or leaves it, by `false`, to be computed on plain ones. */
export type Rewrite = (layout: Layout, node: OnnxNode) => boolean

const listOf = (value: unknown): readonly number[] => (Array.isArray(value) ? value : [])

export const convolution: Rewrite = (
  layout,
  { attributes, inputs: [x = '', weight = '', bias], outputs: [y = ''] },
) => {
  const { kernel_shape, strides, dilations, pads, group } = attributes
  if (listOf(kernel_shape).length !== 2 || !layout.fits(y)) return false
  const window = { kernel_shape, strides, dilations, pads } as OnnxNode['attributes']
  const channels = layout.channels(x)
  const shift = bias ? perChannel(layout, bias, layout.channels(y)) : null
  const rest = { bias: shift, sum: null, activation: null }
  if (group === 1) {
    const plainInput = channels < layout.block && !layout.has(x)
    if (!plainInput && !layout.fits(x)) return false
    const filter = blockedFilter(layout, weight, plainInput)
    const from = plainInput ? layout.plain(x) : layout.blockedOf(x)
    layout.hold(y, { x: from, filter, attributes: { ...window, group: 1 }, ...rest })
    return true
  }
  if (group !== channels || channels !== layout.channels(y) || !layout.whole(channels)) return false
  const filter = layout.filters.get(weight) ?? blockedFilter(layout, weight, true)
  layout.hold(y, { x: layout.blockedOf(x), filter, attributes: { ...window, group }, ...rest })
  return true
}

/** Whether a tensor holds one number per channel of a map. */
function isPerChannel({ g }: Layout, values: string, like: string): boolean {
  const size = g.sizeOf(values)
  const [, channels = 1, ...others] = [...[1, 1, 1, 1].slice(size.length), ...size]
  return (
    size.length <= 4 &&
    channels === g.sizeOf(like)[1] &&
    others.every((n) => n === 1) &&
    g.sizeOf(like).length === 4 &&
    (size.length < 4 || size[0] === 1)
  )
}

/** A convolution of every channel by itself with a kernel of one number. */
function scaled(layout: Layout, x: string, factors: string, bias: string | null): Pending {
  const group = layout.filled(layout.channels(x))
  const attributes = { kernel_shape: [1, 1], strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0], group }
  return { x: layout.blockedOf(x), filter: factors, attributes, bias, sum: null, activation: null }
}

/** A convolution that something can still be added to. */
function growing(layout: Layout, name: string): Pending | null {
  const conv = layout.peek(name)
  return conv && conv.sum === null && conv.activation === null ? conv : null
}

/** Products and sums with one number per channel, as a 1×1 convolution of every channel by itself: one pass where broadcasting takes two. */
export const perChannelArithmetic: Rewrite = (layout, { inputs, op, outputs: [y = ''] }) => {
  const { g } = layout
  const [a = '', b = ''] = inputs
  const [x, values] = layout.has(a) ? [a, b] : [b, a]
  if (inputs.length !== 2 || !layout.has(x) || !isPerChannel(layout, values, x)) return false
  if (op === 'Sub' && x !== a) return false
  const own = perChannel(layout, values, layout.channels(x))
  const size = g.ints([layout.filled(layout.channels(x)), 1, 1, 1])
  if (op === 'Mul') {
    layout.hold(y, scaled(layout, x, g.op('Reshape', [own, size]), null))
    return true
  }
  const bias = op === 'Sub' ? g.op('Neg', [own]) : own
  const conv = growing(layout, x)
  if (conv && conv.bias === null) {
    layout.take(x)
    layout.hold(y, { ...conv, bias })
    return true
  }
  layout.hold(y, scaled(layout, x, g.op('Expand', [g.floats([1]), size]), bias))
  return true
}

/** A sum of two maps of which one is a convolution: its result is added to the other. */
export const sumOfTwo: Rewrite = (layout, { inputs, outputs: [y = ''] }) => {
  const [a = '', b = ''] = inputs
  const size = layout.g.sizeOf(y).join()
  if (inputs.length !== 2 || a === b || inputs.some((i) => layout.g.sizeOf(i).join() !== size)) return false
  const name = inputs.find((i) => growing(layout, i))
  const conv = name === undefined ? null : growing(layout, name)
  if (name === undefined || conv === null) return false
  const sum = layout.blockedOf(name === a ? b : a)
  layout.take(name)
  layout.hold(y, { ...conv, sum })
  return true
}

/** An activation becomes part of the convolution that it follows. */
export const activation: Rewrite = (layout, { inputs: [x = '', ...limits], op, outputs: [y = ''] }) => {
  const conv = layout.peek(x)
  if (!conv || conv.activation !== null) return false
  const range = limits.map((l) => layout.g.floatsOf(l)[0])
  if (op === 'Clip' && (range.length !== 2 || range.includes(undefined))) return false
  const own = { activation: op, ...(op === 'Clip' && { activation_params: { floats: range.flatMap((n) => n ?? []) } }) }
  layout.take(x)
  layout.hold(y, { ...conv, activation: own })
  return true
}
