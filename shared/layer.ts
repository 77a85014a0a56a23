import type { OnnxGraph, Value } from './export/onnx/graph'
import type { TorchGraph, TorchValue } from './export/torch/graph'
import type { Fields, ParamsOf } from './fields'
import type { Draft } from './problems'
import type { TfjsLayer } from './tfjs'

/** A tensor shape without the batch axis, channels last. `null` is a size that is not known yet. */
export type Shape = readonly (number | null)[]
/** `null`: not even the number of axes is known. */
export type MaybeShape = Shape | null

export const categories = [
  'io',
  'convolution',
  'pooling',
  'normalization',
  'activation',
  'dense',
  'recurrent',
  'merge',
  'shape',
  'regularization',
] as const
export type Category = (typeof categories)[number]

export interface WeightSpec {
  /** tfjs's name of the weight within its layer: `kernel`, `bias`, `gamma`, … */
  readonly name: string
  readonly shape: Shape
  readonly trainable: boolean
}

export interface ShapeResult {
  /** One per output port. What is known stays known even beside a problem. */
  readonly outputs: readonly MaybeShape[]
  readonly problems?: readonly Draft[]
}

/** The sliding window of a layer, one entry per spatial axis; what the receptive field is computed from. */
export interface Window {
  readonly size: readonly number[]
  readonly strides: readonly number[]
  readonly dilation: readonly number[]
  /** Padding before the first element of each axis. */
  readonly before: readonly number[]
}

export interface Cost {
  /** Multiplications of convolutions, dense layers and matrix products, per sample. */
  readonly macs: number
  /** 2·MACs plus bias, normalisation, activation, pooling and element-wise work, per sample. */
  readonly flops: number
  /** Absent: each element sees what its input saw, and no more. `null`: that cannot be said in this way. */
  readonly window?: Window | null
}

export interface Example<F extends Fields = Fields> {
  readonly params: Partial<ParamsOf<F>>
  readonly inputs: readonly (readonly number[])[]
  readonly outputs: readonly (readonly number[])[]
  readonly weights?: Readonly<Record<string, readonly number[]>>
  readonly macs?: number
}

/** Everything the product knows about one kind of layer. Methods never throw, whatever the parameters. */
export interface LayerDef<F extends Fields = Fields> {
  readonly label: string
  readonly category: Category
  readonly doc: { readonly summary: string; readonly formula: string; readonly source?: string }
  readonly fields: F
  readonly inputs: { readonly min: number; readonly max: number }
  /** Names of the output ports; one unnamed port if absent. */
  readonly outputs?: readonly string[]
  /** The output is the input seen otherwise, or the identity outside training: no activation memory of its own. */
  readonly view?: boolean
  /** No gradient reaches what feeds it: a step, a choice, a look-up. */
  stopsGradient?(p: ParamsOf<F>): boolean
  /** Both documentation and test. */
  readonly examples: readonly Example<F>[]
  /** `inputs` has between `inputs.min` and `inputs.max` shapes. */
  shape(inputs: readonly MaybeShape[], p: ParamsOf<F>): ShapeResult
  /** In the order of the tfjs layer's own weights. */
  weights?(inputs: readonly MaybeShape[], p: ParamsOf<F>): readonly WeightSpec[]
  /** Called only when every size is known and there is no error. */
  cost?(inputs: readonly (readonly number[])[], outputs: readonly (readonly number[])[], p: ParamsOf<F>): Cost
  /** The line under the name on the canvas: `64 · 3×3 · stride 1 · same`. */
  digest?(p: ParamsOf<F>): string
  /**
   * The tfjs layers that compute a node, applied one after the other; empty for the input. At most one holds weights.
   * Called only for a valid node; `inputs` are its shapes.
   */
  tfjs(p: ParamsOf<F>, inputs: readonly (readonly number[])[]): readonly TfjsLayer[]
  /** Adds the operators that compute a valid node at inference; `output` is its shape. */
  onnx(g: OnnxGraph, inputs: readonly [Value, ...Value[]], p: ParamsOf<F>, output: readonly number[]): Value
  /** Adds the PyTorch modules and functions that compute a valid node; `output` is its shape. */
  pytorch(
    g: TorchGraph,
    inputs: readonly [TorchValue, ...TorchValue[]],
    p: ParamsOf<F>,
    output: readonly number[],
  ): TorchValue
}

export const defineLayer = <const F extends Fields>(def: LayerDef<F>): LayerDef<F> => def

/** `28×28×6`; `?` for a size not known, `` for nothing known. */
export const showShape = (shape: MaybeShape): string => (shape ? shape.map((n) => n ?? '?').join('×') : '?')
/** How many elements a tensor of this shape has. Called more than anything else, hence the plain loop. */
export function elements(shape: readonly number[]): number {
  let product = 1
  for (let i = 0; i < shape.length; i++) product *= shape[i] ?? 1
  return product
}
export const isKnown = (shape: MaybeShape): shape is readonly number[] => shape !== null && !shape.includes(null)
export const sameShape = (a: MaybeShape, b: MaybeShape): boolean =>
  a === b || (a !== null && b !== null && a.length === b.length && a.every((n, i) => n === b[i]))
