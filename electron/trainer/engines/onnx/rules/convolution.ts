import type { Conv } from './conv'
import { inputGradient } from './inputGradient'
import { listOf, numberOf, type Rule, rule } from './rule'
import { weightGradient } from './weightGradient'

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
