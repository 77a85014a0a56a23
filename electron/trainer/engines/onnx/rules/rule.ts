import type { OnnxGraph, OnnxNode } from '#shared/export/onnx/graph'

/** An operator whose gradient is asked for. */
export interface Asked {
  readonly g: OnnxGraph
  readonly node: OnnxNode
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Which inputs need a gradient. */
  readonly wanted: readonly boolean[]
  /** Which operator computes a tensor. */
  readonly maker: (tensor: string) => string | undefined
  /** Gradients that are zero already wherever their tensor is not positive. */
  readonly masked: Set<string>
}

/** Adds the operators that compute the gradients of the inputs from those of the outputs; null where none flows. */
export type Rule = (asked: Asked, gradients: readonly (string | null)[]) => readonly (string | null)[]

/** For operators of one result: `dy` is its gradient, and inputs that need none are left out. */
export const rule =
  (of: (asked: Asked & { readonly x: string; readonly y: string }, dy: string) => readonly (string | null)[]): Rule =>
  (asked, [dy]) =>
    dy ? of({ ...asked, x: asked.inputs[0] ?? '', y: asked.outputs[0] ?? '' }, dy) : asked.inputs.map(() => null)

/** Brings a gradient to the size of what was stretched to compute its operator: sums over what was repeated. */
export function unstretched(g: OnnxGraph, dy: string, like: string): string {
  const [from, to] = [g.sizeOf(dy), g.sizeOf(like)]
  const missing = from.length - to.length
  const axes = from.flatMap((n, i) => (i < missing || (to[i - missing] === 1 && n !== 1) ? [i] : []))
  if (axes.length === 0) return dy
  const sum = g.op('ReduceSum', [dy, g.ints(axes)])
  return missing > 0 ? g.op('Reshape', [sum, g.ints(to)]) : sum
}

/** The gradient that passes a ReLU, whose result is given. */
export const positivePart = (g: OnnxGraph, dy: string, y: string): string =>
  g.op('Mul', [dy, asNumber(g, g.op('Greater', [y, g.floats([0])]))])

/** 1 where a condition holds, else 0. */
export const asNumber = (g: OnnxGraph, condition: string): string => g.op('Cast', [condition], { to: 1 })
export const numberOf = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback)
export const floatOf = (value: unknown, fallback: number): number =>
  typeof value === 'object' && value !== null && 'float' in value ? numberOf(value.float, fallback) : fallback
export const listOf = (value: unknown): readonly number[] => (Array.isArray(value) ? value : [])
