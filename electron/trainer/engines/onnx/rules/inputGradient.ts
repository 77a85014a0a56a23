import { spaced } from '../windows'
import { type Conv, isDepthwise, isOne, product, range } from './conv'
import { listOf } from './rule'

/** dx of a convolution is a convolution of dy, with the kernel flipped and its channels swapped. */
export function inputGradient(c: Conv, dy: string): string {
  if (c.strides.every(isOne)) return convolved(c, dy)
  const [first = 1] = c.strides
  const even = c.kernel.length === 2 && c.strides.every((s) => s === first) && c.dilations.every(isOne)
  if (even && c.group === 1 && product(c.kernel) === 1 && c.pads.every((p) => p === 0)) return scattered(c, dy, first)
  const phases = even && (c.group === 1 || isDepthwise(c)) ? phasesOf(c, first) : null
  return phases ? subPixel(c, dy, first, phases) : convolved(c, spaced(c.g, dy, c.strides))
}

/** `wide`: dy, with zeros between its elements where there are strides. */
function convolved(c: Conv, wide: string): string {
  const { g, kernel, dilations, group, x } = c
  const size = g.sizeOf(x).slice(2)
  const out = g.sizeOf(wide).slice(2)
  const reach = kernel.map((k, i) => (dilations[i] ?? 1) * (k - 1))
  const before = reach.map((r, i) => r - (c.pads[i] ?? 0))
  const after = reach.map((r, i) => (size[i] ?? 1) + r - (out[i] ?? 1) - (before[i] ?? 0))
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
  // Kernels come with their channels last: turned back from there, it is one turn instead of three.
  const made = group === 1 ? g.nodes.find((n) => n.outputs[0] === weight) : undefined
  if (made?.op === 'Transpose' && listOf(made.attributes.perm).join() === '3,2,0,1') {
    const flat = g.op('Reshape', [made.inputs[0] ?? '', g.ints([taps, per * out])])
    const back = taps > 1 ? g.op('Gather', [flat, g.ints(range(taps).reverse())], { axis: 0 }) : flat
    return g.op('Transpose', [g.op('Reshape', [back, g.ints([...kernel, per, out])])], { perm: [2, 3, 0, 1] })
  }
  const split = g.op('Reshape', [weight, g.ints([group, out / group, per, taps])])
  const swapped = g.op('Transpose', [split], { perm: [0, 2, 1, 3] })
  const turned = taps > 1 ? g.op('Gather', [swapped, g.ints(range(taps).reverse())], { axis: 3 }) : swapped
  return g.op('Reshape', [turned, g.ints([group * per, out / group, ...kernel])])
}

/** Along one axis: of every phase (place within a stride) which tap meets which neighbour in dy; `kernel` where none does. */
interface Phases {
  /** By phase, then by neighbour. */
  readonly taps: readonly number[]
  readonly neighbours: number
  readonly before: number
  readonly after: number
}

/**
 * dx[s · q + r] sees the taps u ≡ r + p (mod s) of the kernel, tap s · m + u₀ at dy[q + ⌊(r + p) / s⌋ − m]. Null where dy would have to be
 * cut.
 */
function phasesOf(c: Conv, stride: number): readonly Phases[] | null {
  const { g, kernel } = c
  const axes = kernel.map((k, axis): Phases => {
    const [pad = 0, size = 1, out = 1] = [c.pads[axis], g.sizeOf(c.x)[axis + 2], g.sizeOf(c.y)[axis + 2]]
    const own = range(stride).map((r) => {
      const [first, last] = [(r + pad) % stride, Math.floor((r + pad) / stride)]
      return { first, last, count: first < k ? Math.ceil((k - first) / stride) : 0 }
    })
    const seen = own.filter((o) => o.count > 0)
    const from = Math.min(...seen.map((o) => o.last - o.count + 1))
    const neighbours = Math.max(...seen.map((o) => o.last)) - from + 1
    const taps = own.flatMap(({ first, last }) =>
      range(neighbours).map((i) => {
        const tap = stride * (last - from - i) + first
        return tap >= 0 && tap < k ? tap : k
      }),
    )
    return { taps, neighbours, before: -from, after: Math.ceil(size / stride) - out + neighbours - 1 + from }
  })
  return axes.every((a) => a.before >= 0 && a.after >= 0) ? axes : null
}

/** One convolution computes all phases as channels, which are then dealt out: no multiplications by zeros. */
function subPixel(c: Conv, dy: string, stride: number, phases: readonly Phases[]): string {
  const { g, kernel, weight, x } = c
  const [filters = 1, per = 1] = g.sizeOf(weight)
  const sizes = phases.map((p) => p.neighbours)
  // A tap of zeros after the last stands for those that no phase has.
  let taps = g.op('Pad', [weight, g.ints([0, 0, 0, 0, 0, 0, 1, 1])])
  phases.forEach((p, axis) => {
    taps = g.op('Gather', [taps, g.ints(p.taps)], { axis: axis + 2 })
  })
  const split = g.op('Reshape', [taps, g.ints([filters, per, ...sizes.flatMap((n) => [stride, n])])])
  const single = c.group > 1
  const turned = g.op('Transpose', [split], { perm: single ? [2, 4, 0, 1, 3, 5] : [2, 4, 1, 0, 3, 5] })
  const phaseCount = stride * stride
  const channels = phaseCount * (single ? filters : per)
  const kernels = g.op('Reshape', [turned, g.ints([channels, single ? 1 : filters, ...sizes])])
  const source = single ? g.op('Concat', new Array(phaseCount).fill(dy), { axis: 1 }) : dy
  const all = g.op('Conv', [source, kernels], {
    kernel_shape: sizes,
    strides: kernel.map(() => 1),
    dilations: kernel.map(() => 1),
    pads: [...phases.map((p) => p.before), ...phases.map((p) => p.after)],
    group: single ? channels : 1,
  })
  return dealt(c, all, stride, x)
}

/** Of 1×1 kernels only the first phase sees anything. */
function scattered(c: Conv, dy: string, stride: number): string {
  const { g, weight, x } = c
  const [filters = 1, channels = 1] = g.sizeOf(weight)
  const turned = g.op('Transpose', [g.op('Reshape', [weight, g.ints([filters, channels])])], { perm: [1, 0] })
  const kernels = g.op('Reshape', [turned, g.ints([channels, filters, 1, 1])])
  const ones = { kernel_shape: [1, 1], strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0], group: 1 }
  const first = g.op('Conv', [dy, kernels], ones)
  const more = channels * (stride * stride - 1)
  return dealt(c, g.op('Pad', [first, g.ints([0, 0, 0, 0, 0, more, 0, 0])]), stride, x)
}

/** From phases as channels to places, brought to the size of the input. */
function dealt({ g }: Conv, phases: string, stride: number, like: string): string {
  const wide = g.op('DepthToSpace', [phases], { blocksize: stride })
  const [have, want] = [g.sizeOf(wide).slice(2), g.sizeOf(like).slice(2)]
  if (have.every((n, i) => n === want[i])) return wide
  const more = want.map((n, i) => n - (have[i] ?? 0))
  // Inputs behind the last window have no gradient.
  if (more.some((n) => n > 0)) return g.op('Pad', [wide, g.ints([0, 0, 0, 0, 0, 0, ...more])])
  return g.op('Slice', [wide, g.ints([0, 0]), g.ints(want), g.ints([2, 3])])
}
