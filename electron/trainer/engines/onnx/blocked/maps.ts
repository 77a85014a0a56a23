import type { OnnxNode } from '#shared/export/onnx/graph'
import type { Rewrite } from './convolutions'
import { type Layout, NCHWC } from './layout'

const listOf = (value: unknown): readonly number[] => (Array.isArray(value) ? value : [])
const conditions: ReadonlySet<string> = new Set(['Greater', 'GreaterOrEqual', 'Less', 'Equal', 'And'])

/** Element by element: the order of the elements does not matter if it is the same for all. */
export const elementwise: Rewrite = (layout, { attributes, inputs, op, outputs: [y = ''] }) => {
  const { g } = layout
  const size = g.sizeOf(y)
  if (!layout.fits(y) || !inputs.some((i) => layout.has(i))) return false
  // In the channels that fill up a block it may divide zero by zero, which no weight of zero makes zero again.
  if (op === 'Div' && !layout.whole(layout.channels(y))) return false
  const same = (name: string) => g.sizeOf(name).join() === size.join()
  const single = (name: string) => g.sizeOf(name).every((n) => n === 1)
  if (!inputs.every((i) => same(i) || single(i))) return false
  const own = inputs.map((i) => (same(i) ? layout.blockedOf(i) : layout.plain(i)))
  layout.keep(y, g.op(op, own, attributes), conditions.has(op) || attributes.to === 9)
  return true
}

export const pool: Rewrite = (layout, { attributes, inputs: [x = ''], op, outputs }) => {
  const [y = ''] = outputs
  if (outputs.length > 1 || !layout.has(x)) return false
  layout.keep(y, layout.op(op, [layout.blockedOf(x)], attributes))
  return true
}

/** Of maps of one place both forms are the same, but for the channels that fill up the last block. */
function asPlain(layout: Layout, pooled: string, y: string): void {
  const { g } = layout
  const channels = layout.channels(y)
  const axes = [g.ints([0]), g.ints([channels]), g.ints([1])]
  const inputs = layout.whole(channels) ? [pooled] : [pooled, ...axes]
  g.place({ op: inputs.length > 1 ? 'Slice' : 'Identity', name: y, inputs, outputs: [y], attributes: {} })
}

export const globalPool: Rewrite = (layout, { inputs: [x = ''], op, outputs: [y = ''] }) => {
  if (!layout.has(x)) return false
  asPlain(layout, layout.op(op, [layout.blockedOf(x)]), y)
  return true
}

/** Sums and means over all but the channels, by way of the mean of each map. */
export const reduce: Rewrite = (layout, { attributes, inputs: [x = '', axesOf = ''], op, outputs: [y = ''] }) => {
  const { g } = layout
  const axes = attributes.axes ? listOf(attributes.axes) : g.intsOf(axesOf)
  if (!layout.has(x) || axes.toSorted((a, b) => a - b).join() !== '0,2,3') return false
  const channels = layout.channels(x)
  const [height = 1, width = 1] = g.sizeOf(x).slice(2)
  const means = layout.op('GlobalAveragePool', [layout.blockedOf(x)])
  const all =
    op === 'ReduceMean'
      ? g.op('ReduceMean', [means], { axes: [0] })
      : g.op('Mul', [g.op('ReduceSum', [means, g.ints([0])]), g.floats([height * width])])
  const own = layout.whole(channels) ? all : g.op('Slice', [all, g.ints([0]), g.ints([channels]), g.ints([1])])
  g.place({ op: 'Reshape', name: y, inputs: [own, g.ints(g.sizeOf(y))], outputs: [y], attributes: {} })
  return true
}

/** Repeats every element over its window. */
export const resize: Rewrite = (layout, { attributes, inputs: [x = '', , scalesOf = ''], outputs: [y = ''] }) => {
  const scales = layout.g.floatsOf(scalesOf)
  const whole = scales.length === 4 && scales.every(Number.isInteger) && scales[0] === 1 && scales[1] === 1
  if (!layout.has(x) || !whole) return false
  const { mode, nearest_mode, coordinate_transformation_mode } = attributes
  if (mode !== 'nearest' || nearest_mode !== 'floor' || coordinate_transformation_mode !== 'asymmetric') return false
  layout.keep(y, layout.op('Upsample', [layout.blockedOf(x)], { scales, mode, coordinate_transformation_mode }))
  return true
}

export const concat: Rewrite = (layout, { attributes, inputs, outputs: [y = ''] }) => {
  if (attributes.axis !== 1 || layout.g.sizeOf(y).length !== 4) return false
  if (!inputs.some((i) => layout.has(i)) || !inputs.every((i) => layout.whole(layout.channels(i)))) return false
  layout.keep(
    y,
    layout.g.op(
      'Concat',
      inputs.map((i) => layout.blockedOf(i)),
      { axis: 1 },
    ),
  )
  return true
}

/** Channels put to the end are reordered at once, and back; filters perhaps from what they were before. */
export const transpose: Rewrite = (layout, node) => {
  const {
    attributes,
    inputs: [x = ''],
    outputs: [y = ''],
  } = node
  const perm = listOf(attributes.perm).join()
  const { g } = layout
  if (perm === '0,2,3,1' && layout.has(x)) {
    const channels = layout.channels(x)
    const reorder: OnnxNode = {
      op: 'ReorderOutput',
      name: y,
      inputs: [layout.blockedOf(x)],
      outputs: [y],
      attributes: { channels, channels_last: 1 },
      domain: NCHWC,
    }
    g.place(reorder)
    return true
  }
  if (perm === '3,2,0,1' || perm === '2,3,0,1') {
    layout.turned.set(y, { from: layout.plain(x), outLast: perm === '3,2,0,1' })
    layout.postpone(y, () => g.place(node))
    return true
  }
  if (perm !== '0,3,1,2' || !layout.fits(y)) return false
  const from = layout.plain(x)
  layout.postpone(y, () => g.place(node), from)
  return true
}

/** Images of a batch as channels, and back; and maps as the filters of a convolution of every channel by itself. */
export const reshape: Rewrite = (layout, node) => {
  const {
    inputs: [x = ''],
    outputs: [y = ''],
  } = node
  const { g } = layout
  const [from, to] = [g.sizeOf(x), g.sizeOf(y)]
  if (!layout.has(x) || to.length !== 4 || !layout.whole(layout.channels(x))) return false
  if (from.slice(2).join() !== to.slice(2).join()) return false
  const filters = to[1] === 1
  if (!filters && !layout.whole(to[1] ?? 1)) return false
  const own = g.op('Reshape', [layout.blockedOf(x), g.ints(to)])
  if (!filters) {
    layout.keep(y, own)
    return true
  }
  layout.filters.set(y, own)
  layout.postpone(y, () => {
    layout.plain(x)
    g.place(node)
  })
  return true
}

/** Further channels of zeros. */
export const pad: Rewrite = (layout, { inputs: [x = '', padsOf = '', value], outputs: [y = ''] }) => {
  const { g } = layout
  const pads = g.intsOf(padsOf)
  const others = pads.some((n, i) => n !== 0 && i % 4 !== 1)
  const whole = [layout.channels(x), pads[1] ?? 0, pads[5] ?? 0].every((n) => layout.whole(n))
  if (value !== undefined || !layout.has(x) || pads.length !== 8 || others || !whole) return false
  layout.keep(y, g.op('Pad', [layout.blockedOf(x), padsOf]))
  return true
}

/** Blocks of channels are dealt out as single channels are. */
export const depthToSpace: Rewrite = (layout, { attributes, inputs: [x = ''], outputs: [y = ''] }) => {
  const { block, g } = layout
  if (!layout.has(x) || !layout.whole(layout.channels(y))) return false
  const by = Number(attributes.blocksize)
  const [batch = 1, , height = 1, width = 1] = g.sizeOf(x)
  const split = [batch, by, by, layout.channels(y) / block, height, width, block]
  const parts = g.op('Reshape', [layout.blockedOf(x), g.ints(split)])
  const dealt = g.op('Transpose', [parts], { perm: [0, 3, 4, 1, 5, 2, 6] })
  layout.keep(y, g.op('Reshape', [dealt, g.ints(g.sizeOf(y))]))
  return true
}
