import type { OnnxNode } from '#shared/export/onnx/graph'
import { blockedFilter, perChannel } from './filters'
import type { Layout } from './layout'

/** Rewrites an operator for blocked tensors, or leaves it, by `false`, to be computed on plain ones. */
export type Rewrite = (layout: Layout, node: OnnxNode) => boolean

const listOf = (value: unknown): readonly number[] => (Array.isArray(value) ? value : [])

export const conv: Rewrite = (layout, { attributes, inputs: [x = '', weight = '', bias], outputs: [y = ''] }) => {
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

const pointwise = { kernel_shape: [1, 1], strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0] }

/** Products and sums with one number per channel, as a 1×1 convolution of every channel by itself: one pass where broadcasting takes two. */
export const perChannelArithmetic: Rewrite = (layout, { inputs, op, outputs: [y = ''] }) => {
  const { g } = layout
  const [a = '', b = ''] = inputs
  const [x, values] = layout.has(a) ? [a, b] : [b, a]
  if (inputs.length !== 2 || !layout.has(x) || !isPerChannel(layout, values, x) || (op === 'Sub' && x !== a))
    return false
  const channels = layout.channels(x)
  const width = layout.filled(channels)
  const own = perChannel(layout, values, channels)
  if (op === 'Mul') {
    const filter = g.op('Reshape', [own, g.ints([width, 1, 1, 1])])
    layout.hold(y, {
      x: layout.blockedOf(x),
      filter,
      attributes: { ...pointwise, group: width },
      bias: null,
      sum: null,
      activation: null,
    })
    return true
  }
  const shift = op === 'Sub' ? g.op('Neg', [own]) : own
  const open = layout.peek(x)
  if (open && open.bias === null && open.sum === null && open.activation === null) {
    layout.take(x)
    layout.hold(y, { ...open, bias: shift })
    return true
  }
  const ones = g.op('Expand', [g.floats([1]), g.ints([width, 1, 1, 1])])
  layout.hold(y, {
    x: layout.blockedOf(x),
    filter: ones,
    attributes: { ...pointwise, group: width },
    bias: shift,
    sum: null,
    activation: null,
  })
  return true
}

/** A sum of two maps of which one is a convolution: its result is added to the other. */
export const sumOfTwo: Rewrite = (layout, { inputs, outputs: [y = ''] }) => {
  const [a = '', b = ''] = inputs
  const size = layout.g.sizeOf(y).join()
  if (inputs.length !== 2 || a === b || inputs.some((i) => layout.g.sizeOf(i).join() !== size)) return false
  const grows = (name: string) => {
    const open = layout.peek(name)
    return open !== null && open.sum === null && open.activation === null
  }
  const name = inputs.find(grows)
  if (name === undefined) return false
  const other = layout.blockedOf(name === a ? b : a)
  const open = layout.take(name)
  if (!open) return false
  layout.hold(y, { ...open, sum: other })
  return true
}

/** An activation becomes part of the convolution that it follows. */
export const activation: Rewrite = (layout, { inputs: [x = '', ...limits], op, outputs: [y = ''] }) => {
  const open = layout.peek(x)
  if (!open || open.activation !== null) return false
  const range = limits.map((l) => layout.g.floatsOf(l)[0])
  if (op === 'Clip' && (range.length !== 2 || range.includes(undefined))) return false
  const own = { activation: op, ...(op === 'Clip' && { activation_params: { floats: range.flatMap((n) => n ?? []) } }) }
  layout.take(x)
  layout.hold(y, { ...open, activation: own })
  return true
}
