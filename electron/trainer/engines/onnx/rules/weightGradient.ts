import type { OnnxGraph } from '#shared/export/onnx/graph'
import { type Conv, isDepthwise, isOne, product, range } from './conv'

/** With so few channels, gathering them place by place takes longer than slicing the map once per tap. */
const FEW = 4

/** dw of a convolution: of every tap of the kernel, the product of what it saw with dy. */
export function weightGradient(c: Conv, dy: string): string {
  const { g, group, kernel, x } = c
  const channels = g.sizeOf(x)[1] ?? 1
  if (isDepthwise(c) && kernel.length === 2) return depthwise(c, dy)
  if (group > 1) return perGroup(c, dy)
  if (kernel.length > 2) return swappedConv(c, dy)
  if (channels < FEW) return slices(c, dy)
  return matrixProduct(c, dy)
}

/** The place of every input that each tap of each window sees, in a map of which the element after the last is zero. */
function placesSeen(c: Conv): number[] {
  const { g, kernel, strides, dilations, pads } = c
  const size = g.sizeOf(c.x).slice(2)
  const out = g.sizeOf(c.y).slice(2)
  const zero = product(size)
  const along = (axis: number, o: number, tap: number) =>
    o * (strides[axis] ?? 1) + tap * (dilations[axis] ?? 1) - (pads[axis] ?? 0)
  const [h = 1, w = 1] = size.length === 2 ? size : [1, ...size]
  const [kh = 1, kw = 1] = kernel.length === 2 ? kernel : [1, ...kernel]
  const [oh = 1, ow = 1] = out.length === 2 ? out : [1, ...out]
  const rowOf = (o: number, tap: number) => (size.length === 2 ? along(0, o, tap) : 0)
  const columnAxis = size.length - 1
  const places: number[] = []
  for (let i = 0; i < oh; i++)
    for (let j = 0; j < ow; j++)
      for (let u = 0; u < kh; u++)
        for (let v = 0; v < kw; v++) {
          const [row, column] = [rowOf(i, u), along(columnAxis, j, v)]
          const inside = row >= 0 && row < h && column >= 0 && column < w
          places.push(inside ? row * w + column : zero)
        }
  return places
}

/** Places that a product should sum over: with fewer, much of its time goes into writing what is then added up. */
const ENOUGH = 1024
/** Bytes of windows that are gathered at once: what a processor's cache holds. Nine tenths of the time that all of them at once take. */
const GATHERED = 5 << 20
/** Products at a time, so that threads have one each. */
const LEAST = 2

/**
 * dw as the product of dy with what each window saw, gathered from the input with its channels last. The images of a batch are taken one by
 * one, or several together where their maps are small, and summed. As one product over all images, which wants dy with its channels
 * last, it takes 2.4 times as long: few rows are a poor shape for the library.
 */
function matrixProduct(c: Conv, dy: string): string {
  const { g, kernel, pads, strides, weight, x } = c
  const [batch = 1, channels = 1, ...size] = g.sizeOf(x)
  const [filters = 1] = g.sizeOf(weight)
  const [out, taps] = [product(g.sizeOf(c.y).slice(2)), product(kernel)]
  const turned = g.op('Transpose', [x], { perm: [0, ...kernel.map((_, i) => i + 2), 1] })
  const flat = g.op('Reshape', [turned, g.ints([batch, product(size), channels])])
  const plain = taps === 1 && strides.every(isOne) && pads.every((p) => p === 0)
  const together = range(batch + 1).find((n) => n > 0 && batch % n === 0 && n * out >= ENOUGH) ?? batch
  const groups = batch / together
  const split = g.op('Reshape', [dy, g.ints([groups, together, filters, out])])
  const byFilter = together > 1 ? g.op('Transpose', [split], { perm: [0, 2, 1, 3] }) : split
  const left = g.op('Reshape', [byFilter, g.ints([groups, filters, together * out])])
  const windows = together * out * taps * channels
  const parts = plain ? 1 : partsOf(groups, 4 * windows)
  const shape = g.ints([groups / parts, together * out, windows / (together * out)])
  const lefts = inParts(g, left, parts)
  const products = inParts(g, flat, parts).map((own, i) =>
    g.op('MatMul', [lefts[i] ?? '', g.op('Reshape', [plain ? own : gathered(c, own), shape])]),
  )
  const all = parts > 1 ? g.op('Sum', products) : (products[0] ?? '')
  const sum = groups > parts ? g.op('ReduceSum', [all, g.ints([0])]) : all
  const own = g.op('Transpose', [g.op('Reshape', [sum, g.ints([filters, taps * channels])])], { perm: [1, 0] })
  const last = kernel.map((_, i) => i)
  return g.op('Transpose', [g.op('Reshape', [own, g.ints([...kernel, channels, filters])])], {
    perm: [last.length + 1, last.length, ...last],
  })
}

/** Into how many equal parts so many groups are dealt, of which each has windows of so many bytes. */
const partsOf = (groups: number, bytes: number): number => {
  const possible = range(groups + 1).filter((n) => n > 0 && groups % n === 0 && groups / n >= LEAST)
  return possible.find((n) => (groups / n) * bytes <= GATHERED) ?? possible.at(-1) ?? 1
}
const inParts = (g: OnnxGraph, x: string, count: number): readonly string[] =>
  count > 1 ? g.ops('Split', [x], count, { axis: 0 }) : [x]

function gathered(c: Conv, flat: string): string {
  const { g } = c
  const [batch = 1, , channels = 1] = g.sizeOf(flat)
  const zero = g.op('Expand', [g.floats([0]), g.ints([batch, 1, channels])])
  return g.op('Gather', [g.op('Concat', [flat, zero], { axis: 1 }), g.ints(placesSeen(c))], { axis: 1 })
}

/** dw as a convolution in which batch and channels change places: any number of axes, but slow. */
function swappedConv(c: Conv, dy: string): string {
  const { g, kernel, weight } = c
  const perm = [1, 0, ...kernel.map((_, i) => i + 2)]
  const [x, d] = [g.op('Transpose', [c.x], { perm }), g.op('Transpose', [dy], { perm })]
  const size = g.sizeOf(c.y).slice(2)
  const wide = g.op('Conv', [x, d], {
    kernel_shape: size,
    strides: c.dilations,
    dilations: c.strides,
    pads: c.pads,
    group: 1,
  })
  return g.op('Reshape', [g.op('Transpose', [reached(c, wide)], { perm }), g.ints(g.sizeOf(weight))])
}

/** Inputs that no window reaches make the result longer. */
function reached({ g, kernel }: Conv, wide: string): string {
  if (kernel.every((k, i) => k === g.sizeOf(wide)[i + 2])) return wide
  const axes = kernel.map((_, i) => i + 2)
  return g.op('Slice', [wide, g.ints(axes.map(() => 0)), g.ints(kernel), g.ints(axes)])
}

function perGroup(c: Conv, dy: string): string {
  const { g, group, weight } = c
  const parts = (name: string) => g.ops('Split', [name], group, { axis: 1 })
  const [xs, ds] = [parts(c.x), parts(dy)]
  const [filters = 1] = g.sizeOf(weight)
  const own = g.op('Slice', [weight, g.ints([0]), g.ints([filters / group]), g.ints([0])])
  return g.op(
    'Concat',
    xs.map((x, i) => weightGradient({ ...c, x, y: ds[i] ?? '', weight: own, group: 1 }, ds[i] ?? '')),
    { axis: 0 },
  )
}

/** What each tap of the kernel sees of the input, at every place of the output. */
function tapsOf(c: Conv): string[] {
  const { g, kernel, strides, dilations, pads } = c
  const axes = kernel.map((_, i) => i + 2)
  const half = pads.length / 2
  const wide = pads.some((p) => p > 0)
    ? g.op('Pad', [c.x, g.ints([0, 0, ...pads.slice(0, half), 0, 0, ...pads.slice(half)])])
    : c.x
  const out = g.sizeOf(c.y).slice(2)
  const taps = kernel.reduce<readonly (readonly number[])[]>(
    (all, k) => all.flatMap((tap) => range(k).map((i) => [...tap, i])),
    [[]],
  )
  return taps.map((tap) => {
    const from = tap.map((t, i) => t * (dilations[i] ?? 1))
    const to = from.map((f, i) => f + (strides[i] ?? 1) * ((out[i] ?? 1) - 1) + 1)
    return g.op('Slice', [wide, g.ints(from), g.ints(to), g.ints(axes), g.ints(strides)])
  })
}

/** dw as the product of what all taps see, side by side, with dy. */
function slices(c: Conv, dy: string): string {
  const { g, kernel, weight, x } = c
  const [batch = 1, channels = 1] = g.sizeOf(x)
  const [filters = 1] = g.sizeOf(weight)
  const [out, taps] = [product(g.sizeOf(c.y).slice(2)), product(kernel)]
  const seen = g.op('Reshape', [g.op('Concat', tapsOf(c), { axis: 1 }), g.ints([batch, taps * channels, out])])
  const right = g.op('Transpose', [g.op('Reshape', [dy, g.ints([batch, filters, out])])], { perm: [0, 2, 1] })
  const sum = g.op('ReduceSum', [g.op('MatMul', [seen, right]), g.ints([0])], { keepdims: 0 })
  const split = g.op('Reshape', [sum, g.ints([taps, channels, filters])])
  return g.op('Reshape', [g.op('Transpose', [split], { perm: [2, 1, 0] }), g.ints(g.sizeOf(weight))])
}

/** One filter per channel: a convolution in which every image has channels of its own, and its dy is the kernel; then the sum over images. */
function depthwise(c: Conv, dy: string): string {
  const { g, kernel, weight, x } = c
  const [batch = 1, channels = 1, ...size] = g.sizeOf(x)
  const all = batch * channels
  const out = g.sizeOf(c.y).slice(2)
  const wide = g.op(
    'Conv',
    [g.op('Reshape', [x, g.ints([1, all, ...size])]), g.op('Reshape', [dy, g.ints([all, 1, ...out])])],
    { kernel_shape: out, strides: c.dilations, dilations: c.strides, pads: c.pads, group: all },
  )
  const perImage = g.op('Reshape', [reached(c, wide), g.ints([batch, channels, ...kernel])])
  return g.op('Reshape', [g.op('ReduceSum', [perImage, g.ints([0])]), g.ints(g.sizeOf(weight))])
}
