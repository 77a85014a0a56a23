import type { OnnxGraph } from '#shared/export/onnx/graph'
import { spaced } from '../windows'
import { listOf, numberOf, type Rule, rule } from './rule'

/** A convolution, channels first. */
interface Conv {
  readonly g: OnnxGraph
  readonly x: string
  /** `[out, in / groups, ...kernel]`. */
  readonly weight: string
  readonly y: string
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  /** All before, then all after. */
  readonly pads: readonly number[]
  readonly group: number
}

const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1)
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

export const convolution = {
  Conv: rule(({ g, inputs, node, wanted, x, y }, dy) => {
    const { attributes } = node
    const conv: Conv = {
      g,
      x,
      weight: inputs[1] ?? '',
      y,
      kernel: listOf(attributes.kernel_shape),
      strides: listOf(attributes.strides),
      dilations: listOf(attributes.dilations),
      pads: listOf(attributes.pads),
      group: numberOf(attributes.group, 1),
    }
    const axes = [0, ...conv.kernel.map((_, i) => i + 2)]
    return [
      wanted[0] ? inputGradient(conv, dy) : null,
      wanted[1] ? weightGradient(conv, dy) : null,
      wanted[2] ? g.op('ReduceSum', [dy, g.ints(axes)], { keepdims: 0 }) : null,
    ]
  }),
  /** The gradient of a convolution's input, so its own is that convolution, and its weight's that of one with the two swapped. */
  ConvTranspose: rule(({ g, inputs: [x = '', weight = ''], node, wanted }, dy) => {
    const { attributes } = node
    const [kernel, strides, pads] = [attributes.kernel_shape, attributes.strides, attributes.pads].map(listOf) as [
      readonly number[],
      readonly number[],
      readonly number[],
    ]
    const dilations = kernel.map(() => 1)
    // What `output_padding` adds lies beyond the last window.
    const conv = { kernel, strides, dilations, pads, group: 1 }
    const within = (name: string) => {
      const ends = g
        .sizeOf(x)
        .slice(2)
        .map((n, i) => {
          const reach = (n - 1) * (strides[i] ?? 1) + (kernel[i] ?? 1)
          return reach - (pads[i] ?? 0) - (pads[i + kernel.length] ?? 0)
        })
      const more = g
        .sizeOf(name)
        .slice(2)
        .some((n, i) => n !== ends[i])
      const axes = kernel.map((_, i) => i + 2)
      return more ? g.op('Slice', [name, g.ints(axes.map(() => 0)), g.ints(ends), g.ints(axes)]) : name
    }
    const painted = within(dy)
    const attributesOf = { kernel_shape: kernel, strides, dilations, pads, group: 1 }
    return [
      wanted[0] ? g.op('Conv', [painted, weight], attributesOf) : null,
      wanted[1] ? weightGradient({ ...conv, g, x: painted, weight, y: x }, x) : null,
      wanted[2] ? g.op('ReduceSum', [dy, g.ints([0, ...kernel.map((_, i) => i + 2)])], { keepdims: 0 }) : null,
    ]
  }),
} satisfies Record<string, Rule>

/**
 * dx is a convolution of dy, zeros between its elements where there are strides, with the kernel flipped and its channels swapped.
 */
function inputGradient(c: Conv, dy: string): string {
  const { g, kernel, dilations, group, strides, x } = c
  const size = g.sizeOf(x).slice(2)
  const out = g.sizeOf(c.y).slice(2)
  const reach = kernel.map((k, i) => (dilations[i] ?? 1) * (k - 1))
  const before = reach.map((r, i) => r - (c.pads[i] ?? 0))
  const after = reach.map((r, i) => (size[i] ?? 1) + r - ((out[i] ?? 1) - 1) * (strides[i] ?? 1) - 1 - (before[i] ?? 0))
  const wide = spaced(g, dy, strides)
  // Negative padding cuts off; a convolution knows only positive one.
  const cut = [...before, ...after].some((n) => n < 0)
  const source = cut ? g.op('Pad', [wide, g.ints([0, 0, ...before, 0, 0, ...after])]) : wide
  return g.op('Conv', [source, flipped(c)], {
    kernel_shape: kernel,
    strides: kernel.map(() => 1),
    dilations,
    pads: cut ? kernel.flatMap(() => [0, 0]) : [...before, ...after],
    group,
  })
}

/** `[out, in / groups, …]` as `[in, out / groups, …]`, every axis of the kernel backwards. */
function flipped({ g, weight, kernel, group }: Conv): string {
  const [out = 1, per = 1] = g.sizeOf(weight)
  const taps = product(kernel)
  const split = g.op('Reshape', [weight, g.ints([group, out / group, per, taps])])
  const swapped = g.op('Transpose', [split], { perm: [0, 2, 1, 3] })
  const turned = taps > 1 ? g.op('Gather', [swapped, g.ints(range(taps).reverse())], { axis: 3 }) : swapped
  return g.op('Reshape', [turned, g.ints([group * per, out / group, ...kernel])])
}

/** With so few channels, gathering them place by place takes longer than slicing the map once per tap. */
const FEW = 16

function weightGradient(c: Conv, dy: string): string {
  const { g, group, kernel, weight, x } = c
  const [channels = 1] = [g.sizeOf(x)[1]]
  if (group === channels && g.sizeOf(weight)[0] === group) return depthwise(c, dy)
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

/**
 * dW as the product of dy with what each window saw, gathered from the input with its channels last. The images of a batch are taken one by
 * one, or several together where their maps are small, and summed.
 */
function matrixProduct(c: Conv, dy: string): string {
  const { g, kernel, weight, x } = c
  const [batch = 1, channels = 1, ...size] = g.sizeOf(x)
  const [filters = 1] = g.sizeOf(weight)
  const out = product(g.sizeOf(c.y).slice(2))
  const taps = product(kernel)
  const flat = g.op('Transpose', [g.op('Reshape', [x, g.ints([batch, channels, product(size)])])], { perm: [0, 2, 1] })
  const plain = taps === 1 && c.strides.every((s) => s === 1) && c.pads.every((p) => p === 0)
  const zero = g.floats(new Array(batch * channels).fill(0), [batch, 1, channels])
  const seen = plain
    ? flat
    : g.op('Gather', [g.op('Concat', [flat, zero], { axis: 1 }), g.ints(placesSeen(c))], { axis: 1 })
  const rows = g.op('Reshape', [seen, g.ints([batch, out, taps * channels])])
  const left = g.op('Reshape', [dy, g.ints([batch, filters, out])])
  const product2 = g.op('ReduceSum', [g.op('MatMul', [left, rows]), g.ints([0])], { keepdims: 0 })
  const split = g.op('Reshape', [product2, g.ints([filters, taps, channels])])
  return g.op('Reshape', [g.op('Transpose', [split], { perm: [0, 2, 1] }), g.ints(g.sizeOf(weight))])
}

/** dW as a convolution in which batch and channels change places: any number of axes, but slow. */
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
  // Inputs that no window reaches make it longer.
  const axes = kernel.map((_, i) => i + 2)
  const cut = g.op('Slice', [wide, g.ints(axes.map(() => 0)), g.ints(kernel), g.ints(axes)])
  return g.op('Reshape', [g.op('Transpose', [cut], { perm }), g.ints(g.sizeOf(weight))])
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

/** dW as the product of what all taps see, side by side, with dy. */
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

/** One filter per channel: each tap's gradient is the sum of dy times what the tap saw. */
function depthwise(c: Conv, dy: string): string {
  const { g, kernel, weight } = c
  const axes = [0, ...kernel.map((_, i) => i + 2)]
  const sums = tapsOf(c).map((seen) => g.op('ReduceSum', [g.op('Mul', [seen, dy]), g.ints(axes)], { keepdims: 0 }))
  const columns = sums.map((s) => g.op('Unsqueeze', [s, g.ints([1])]))
  return g.op('Reshape', [g.op('Concat', columns, { axis: 1 }), g.ints(g.sizeOf(weight))])
}
