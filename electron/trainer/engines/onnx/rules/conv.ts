import type { OnnxGraph } from '#shared/export/onnx/graph'

/** A convolution, channels first. */
export interface Conv {
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

export const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1)
export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
export const isOne = (n: number): boolean => n === 1

/** One filter per channel. */
export const isDepthwise = ({ g, group, weight, x }: Conv): boolean =>
  group > 1 && group === g.sizeOf(x)[1] && group === g.sizeOf(weight)[0]
