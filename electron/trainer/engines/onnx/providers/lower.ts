import type { OnnxGraph, OnnxNode } from '#shared/export/onnx/graph'
import { asNumber, listOf, numberOf } from '../rules/rule'

/** Adds operators that compute the same, the last of them under the node's own names; false where it should stay as it is. */
type Lowering = (g: OnnxGraph, node: OnnxNode) => boolean

/** ONNX's number of a type. */
const INT64 = 7

/** Gives a node's result its name. */
const ending = (g: OnnxGraph, { name, outputs }: OnnxNode, op: string, inputs: readonly string[], attributes = {}) => {
  g.place({ op, name, inputs, outputs, attributes })
  return true
}

/** Operators that ONNX Runtime's WebGPU provider lacks (as of 1.30), and which the processor would compute, or which it refuses in some form. */
const lowerings: Readonly<Record<string, Lowering>> = {
  Sum: (g, node) => ending(g, node, 'Identity', [added(g, node.inputs)]),
  Mean: (g, node) => ending(g, node, 'Mul', [added(g, node.inputs), g.floats([1 / node.inputs.length])]),
  Sign(g, node) {
    const [x = ''] = node.inputs
    const zero = g.floats([0])
    const sides = ['Greater', 'Less'].map((op) => asNumber(g, g.op(op, [x, zero])))
    return ending(g, node, 'Sub', sides)
  },
  Selu(g, node) {
    const [lambda, alpha] = [1.0507009873554805, 1.6732632423543772]
    return ending(g, node, 'Mul', [g.op('Elu', node.inputs, { alpha: { float: alpha } }), g.floats([lambda])])
  },
  Softsign(g, node) {
    const [x = ''] = node.inputs
    return ending(g, node, 'Div', [x, g.op('Add', [g.op('Abs', [x]), g.floats([1])])])
  },
  // x − max − ln Σ exp(x − max).
  LogSoftmax(g, node) {
    const axis = numberOf(node.attributes.axis, -1)
    const [x = ''] = node.inputs
    const low = g.op('Sub', [x, g.op('ReduceMax', [x], { axes: [axis] })])
    const sum = g.op('ReduceSum', [g.op('Exp', [low]), g.ints([axis])])
    return ending(g, node, 'Sub', [low, g.op('Log', [sum])])
  },
  Split(g, { attributes, inputs: [x = '', sizesOf = ''], outputs }) {
    if (outputs.length <= MOST_PARTS) return false
    const axis = numberOf(attributes.axis, 0)
    const whole = g.sizeOf(x).at(axis)
    const even = whole === undefined ? [] : outputs.map(() => whole / outputs.length)
    const sizes = g.intsOf(sizesOf).length > 0 ? g.intsOf(sizesOf) : even
    if (sizes.length === 0) return false
    divide(g, x, axis, outputs, sizes)
    return true
  },
  // Of whole numbers, as the places of an embedding are: they are still floats before.
  Reshape(g, node) {
    const [x = '', shape = ''] = node.inputs
    const cast = g.nodes.find((n) => n.outputs[0] === x)
    if (cast?.op !== 'Cast' || cast.attributes.to !== INT64) return false
    return ending(g, node, 'Cast', [g.op('Reshape', [cast.inputs[0] ?? '', shape])], { to: INT64 })
  },
  // Of three axes and in groups.
  Conv(g, node) {
    const { group, ...attributes } = node.attributes
    const groups = numberOf(group, 1)
    if (listOf(attributes.kernel_shape).length < 3 || groups === 1) return false
    const [xs = [], ...others] = node.inputs.map((input, i) => parts(g, input, i === 0 ? 1 : 0, groups))
    const ys = xs.map((x, i) => g.op('Conv', [x, ...others.map((own) => own[i] ?? '')], { ...attributes, group: 1 }))
    return ending(g, node, 'Concat', ys, { axis: 1 })
  },
}

/** Rewrites operators of a finished graph for training or inference so that a GPU can compute them. */
export function lower(g: OnnxGraph): void {
  for (const node of g.nodes.splice(0)) if (!lowerings[node.op]?.(g, node)) g.place(node)
}

const added = (g: OnnxGraph, [first = '', ...others]: readonly string[]): string =>
  others.reduce((sum, next) => g.op('Add', [sum, next]), first)

/** A program of a GPU is sure to be given eight tensors at once: here the one to be split, and its parts. */
const MOST_PARTS = 7

/** Splits into any number of parts, by way of larger ones. */
function divide(g: OnnxGraph, x: string, axis: number, outputs: readonly string[], sizes: readonly number[]): void {
  const step = Math.ceil(outputs.length / MOST_PARTS)
  const from = outputs.flatMap((_, i) => (i % step === 0 ? [i] : []))
  const pieces = from.map((at) => {
    const own = outputs.slice(at, at + step)
    const [only = ''] = own
    const part = sizes.slice(at, at + step)
    return { own, part, name: own.length === 1 ? only : g.fresh('split') }
  })
  const wide = pieces.map((p) => p.part.reduce((a, b) => a + b, 0))
  const named = pieces.map((p) => p.name)
  g.place({ op: 'Split', name: g.fresh('split'), inputs: [x, g.ints(wide)], outputs: named, attributes: { axis } })
  for (const { own, part, name } of pieces) if (own.length > 1) divide(g, name, axis, own, part)
}

/** Equal parts; of more than a GPU can do at once only where sizes are known. */
function parts(g: OnnxGraph, x: string, axis: number, count: number): readonly string[] {
  const outputs = Array.from({ length: count }, () => g.fresh('part'))
  const node = { op: 'Split', name: g.fresh('split'), inputs: [x], outputs, attributes: { axis } }
  if (!lowerings.Split?.(g, node)) g.place(node)
  return outputs
}
