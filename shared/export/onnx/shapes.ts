import { elements } from '../../layer'
import type { Attribute, OnnxNode } from './graph'

type Shape = readonly number[]
/** What is known of a tensor: its size with the batch and, of a constant list, its values. */
export interface Known {
  readonly shape: Shape
  readonly ints?: readonly number[]
  /** Of a short constant list of other numbers. */
  readonly floats?: readonly number[]
}

const list = (value: Attribute | undefined): readonly number[] | undefined =>
  Array.isArray(value) ? (value as readonly number[]) : undefined
const int = (value: Attribute | undefined, fallback: number): number => (typeof value === 'number' ? value : fallback)

/** NumPy's rule. */
export function broadcast(shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((s) => s.length))
  return Array.from({ length: rank }, (_, i) =>
    shapes.reduce((n, s) => {
      const own = s[i - rank + s.length] ?? 1
      return own === 1 ? n : own
    }, 1),
  )
}

/** The sizes of an operator's results. Operators that are not named keep the size of their first input. */
export function shapesOf(node: OnnxNode, inputs: readonly Known[]): readonly Shape[] {
  const [x = { shape: [] }, second, third] = inputs
  const { attributes } = node
  const rank = x.shape.length
  const place = (axis: number) => (axis < 0 ? axis + rank : axis)
  switch (node.op) {
    case 'Add':
    case 'Sub':
    case 'Mul':
    case 'Div':
    case 'Pow':
    case 'Sum':
    case 'Mean':
    case 'Max':
    case 'Min':
    case 'Greater':
    case 'GreaterOrEqual':
    case 'Less':
    case 'Equal':
    case 'And':
    case 'Where':
      return [broadcast(inputs.map((i) => i.shape))]
    case 'Transpose':
      return [(list(attributes.perm) ?? []).map((a) => x.shape[a] ?? 1)]
    case 'Reshape':
      return [reshaped(x.shape, second?.ints ?? [])]
    case 'Expand':
      return [broadcast([x.shape, second?.ints ?? []])]
    case 'Concat': {
      const axis = place(int(attributes.axis, 0))
      const size = inputs.reduce((sum, i) => sum + (i.shape[axis] ?? 0), 0)
      return [x.shape.map((n, i) => (i === axis ? size : n))]
    }
    case 'Split': {
      const axis = place(int(attributes.axis, 0))
      const size = (n: number, part: number) => second?.ints?.[part] ?? n / node.outputs.length
      return node.outputs.map((_, part) => x.shape.map((n, i) => (i === axis ? size(n, part) : n)))
    }
    case 'Slice': {
      const axes = (inputs[3]?.ints ?? x.shape.map((_, i) => i)).map(place)
      const size = (at: number, n: number) =>
        Math.ceil((Math.min(third?.ints?.[at] ?? n, n) - (second?.ints?.[at] ?? 0)) / (inputs[4]?.ints?.[at] ?? 1))
      return [x.shape.map((n, i) => (axes.includes(i) ? size(axes.indexOf(i), n) : n))]
    }
    case 'Pad':
      return [x.shape.map((n, i) => n + (second?.ints?.[i] ?? 0) + (second?.ints?.[i + rank] ?? 0))]
    case 'Gather': {
      const axis = place(int(attributes.axis, 0))
      return [[...x.shape.slice(0, axis), ...(second?.shape ?? []), ...x.shape.slice(axis + 1)]]
    }
    case 'Unsqueeze': {
      const shape = [...x.shape]
      for (const axis of second?.ints ?? []) shape.splice(axis < 0 ? axis + rank + 1 : axis, 0, 1)
      return [shape]
    }
    case 'MatMul': {
      const y = second?.shape ?? []
      const batch = broadcast([x.shape.slice(0, -2), y.slice(0, -2)])
      return [[...batch, x.shape.at(-2) ?? 1, y.at(-1) ?? 1]]
    }
    case 'Gemm':
      return [[x.shape[int(attributes.transA, 0)] ?? 1, second?.shape[1 - int(attributes.transB, 0)] ?? 1]]
    case 'Resize':
      return [x.shape.map((n, i) => Math.round(n * (third?.floats?.[i] ?? 1)))]
    case 'DepthToSpace': {
      const by = int(attributes.blocksize, 1)
      return [x.shape.map((n, i) => (i === 0 ? n : i === 1 ? n / by ** 2 : n * by))]
    }
    case 'Conv':
    case 'MaxPool':
    case 'AveragePool':
      return [windowed(node, x.shape, node.op === 'Conv' ? (second?.shape[0] ?? 1) : (x.shape[1] ?? 1))]
    case 'ConvTranspose':
      return [transposed(node, x.shape, (second?.shape[1] ?? 1) * int(attributes.group, 1))]
    case 'GlobalAveragePool':
    case 'GlobalMaxPool':
      return [x.shape.map((n, i) => (i < 2 ? n : 1))]
    case 'ReduceMean':
    case 'ReduceMax':
    case 'ReduceProd':
    case 'ReduceSum': {
      const axes = (second?.ints ?? list(attributes.axes) ?? x.shape.map((_, i) => i)).map(place)
      const kept = x.shape.map((n, i) => (axes.includes(i) ? 1 : n))
      return [int(attributes.keepdims, 1) === 1 ? kept : kept.filter((_, i) => !axes.includes(i))]
    }
    default:
      return node.outputs.map(() => x.shape)
  }
}

function reshaped(from: Shape, to: readonly number[]): Shape {
  const copied = to.map((n, i) => (n === 0 ? (from[i] ?? 1) : n))
  const fixed = elements(copied.filter((n) => n !== -1))
  return copied.map((n) => (n === -1 ? elements(from) / fixed : n))
}

function windowed({ attributes }: OnnxNode, x: Shape, channels: number): Shape {
  const [kernel = [], strides = [], pads = []] = [attributes.kernel_shape, attributes.strides, attributes.pads].map(
    list,
  )
  const spatial = x.slice(2).map((n, i) => {
    const reach = (list(attributes.dilations)?.[i] ?? 1) * ((kernel[i] ?? 1) - 1) + 1
    const room = n + (pads[i] ?? 0) + (pads[i + kernel.length] ?? 0) - reach
    return Math.floor(room / (strides[i] ?? 1)) + 1
  })
  return [x[0] ?? 1, channels, ...spatial]
}

function transposed({ attributes }: OnnxNode, x: Shape, channels: number): Shape {
  const [kernel = [], strides = [], pads = [], more = []] = [
    attributes.kernel_shape,
    attributes.strides,
    attributes.pads,
    attributes.output_padding,
  ].map(list)
  const spatial = x.slice(2).map((n, i) => {
    const reach = (list(attributes.dilations)?.[i] ?? 1) * ((kernel[i] ?? 1) - 1) + 1
    return (n - 1) * (strides[i] ?? 1) + reach - (pads[i] ?? 0) - (pads[i + kernel.length] ?? 0) + (more[i] ?? 0)
  })
  return [x[0] ?? 1, channels, ...spatial]
}
