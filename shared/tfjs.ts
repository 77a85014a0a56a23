import type { layers } from '@tensorflow/tfjs-layers'
import type { Activation } from './activations'

type Layers = typeof layers
/** The names of the tfjs factories that make a layer from one arguments object. */
export type Factory = {
  [K in keyof Layers]: Layers[K] extends (args: infer A) => unknown ? (A extends object | undefined ? K : never) : never
}[keyof Layers]
type Args<K extends Factory> = Layers[K] extends (args: infer A) => unknown ? A : never

/** Weights: `kernel` of `[...kernelSize, channels / groups, filters]`, and `bias` of `[filters]`. */
interface GroupedConvArgs {
  readonly filters: number
  readonly kernelSize: readonly number[]
  readonly strides: readonly number[]
  readonly padding: 'same' | 'valid'
  readonly dilationRate: readonly number[]
  readonly groups: number
  readonly activation: Activation
  readonly useBias: boolean
}

/** The arguments of the layers that tfjs lacks. Explicit padding is `[before, after]` per axis in one flat list. */
export interface CustomArgs {
  groupedConv1d: GroupedConvArgs
  groupedConv2d: GroupedConvArgs
  groupedConv3d: GroupedConvArgs
  /**
   * Each filter sees the channels in its row of the table. Weights: `kernel` of `[...kernelSize, connections]`, the connections in the
   * order of the table, and `bias` of `[filters]`.
   */
  tableConv2d: {
    readonly table: readonly (readonly number[])[]
    readonly kernelSize: readonly number[]
    readonly strides: readonly number[]
    readonly padding: 'same' | 'valid'
    readonly activation: Activation
    readonly useBias: boolean
  }
  /** Padding never counts: it is −∞ for max and left out of the mean for average. */
  paddedPool2d: {
    readonly op: 'max' | 'average'
    readonly poolSize: readonly number[]
    readonly strides: readonly number[]
    readonly padding: readonly number[]
  }
  /** Functions of one tensor that tfjs lacks; `rrelu` draws its slope per element while training and takes the mean otherwise. */
  activationFunction: { readonly function: 'step' | 'hardSwish' | 'logSoftmax' | 'rrelu' }
  /** Concatenates x and −x along the last axis, then ReLU. */
  crelu: Record<never, never>
  /** `units` channels, each the largest of channels / units neighbouring ones: y[k] = max of x[k·n … k·n + n − 1]. */
  maxout: { readonly units: number }
  /** Over height, width, … and the channels of each group. Weights: `gamma` and `beta` of `[channels]`, as center and scale say. */
  groupNorm: { readonly groups: number; readonly epsilon: number; readonly center: boolean; readonly scale: boolean }
  /** y = x / (bias + alpha · Σ x²)^beta over `2 · depthRadius + 1` neighbouring channels, as tf.localResponseNormalization. */
  lrn: { readonly depthRadius: number; readonly bias: number; readonly alpha: number; readonly beta: number }
  /** Dropout of whole channels: the same mask at every position. */
  spatialDropout: { readonly rate: number }
  /** Two inputs: the first minus the second. */
  subtract: Record<never, never>
  /**
   * tfjs's own wrapper around its own layer, whose arguments are data here. Weights: those of the forward layer (`forwardKernel`,
   * `forwardRecurrentKernel`, `forwardBias`), then those of the backward one.
   */
  bidirectional: RecurrentArgs & {
    readonly layer: 'simpleRNN' | 'lstm' | 'gru'
    readonly mergeMode: 'concat' | 'sum' | 'mul' | 'ave'
  }
}

/** `recurrentActivation` is of no use to a simple RNN. */
export interface RecurrentArgs {
  readonly units: number
  readonly activation: Activation
  readonly recurrentActivation: Activation
  readonly useBias: boolean
  readonly returnSequences: boolean
}
export type CustomName = keyof CustomArgs
export type CustomLayer = { [K in CustomName]: { readonly custom: K; readonly args: CustomArgs[K] } }[CustomName]

/** Which layer computes a node, as data: one of tfjs's own factories, or one of ours. */
export type TfjsLayer = { readonly factory: Factory; readonly args: Readonly<Record<string, unknown>> } | CustomLayer

/** A misspelt factory or argument does not compile. Nothing of tfjs is loaded here. */
export const tfLayer = <K extends Factory>(factory: K, args: NonNullable<Args<K>>): TfjsLayer => ({
  factory,
  args: args as Readonly<Record<string, unknown>>,
})

export const customLayer = <K extends CustomName>(custom: K, args: CustomArgs[K]): CustomLayer =>
  ({ custom, args }) as CustomLayer

/** What probabilities come out of. A loss from probabilities starts before it, from the logits. */
export type Ending = 'softmax' | 'sigmoid'
const isEnding = (activation: unknown): activation is Ending => activation === 'softmax' || activation === 'sigmoid'

/** Their activation is part of every step, not the last thing that they do. */
const recurrent: ReadonlySet<string> = new Set<Factory | CustomName>(['simpleRNN', 'lstm', 'gru', 'bidirectional'])

/** The softmax or sigmoid that a layer applies last. */
export function endingOf(layer: TfjsLayer | undefined): Ending | null {
  if (!layer || recurrent.has('factory' in layer ? layer.factory : layer.custom)) return null
  if ('factory' in layer && layer.factory === 'softmax') return 'softmax'
  return 'activation' in layer.args && isEnding(layer.args.activation) ? layer.args.activation : null
}

export const pair = (v: readonly number[]): [number, number] => [v[0] ?? 1, v[1] ?? 1]
export const triple = (v: readonly number[]): [number, number, number] => [v[0] ?? 1, v[1] ?? 1, v[2] ?? 1]
/** `cut` is top, bottom, left, right. */
export const crop2d = ([top = 0, bottom = 0, left = 0, right = 0]: readonly number[]): TfjsLayer =>
  tfLayer('cropping2D', {
    cropping: [
      [top, bottom],
      [left, right],
    ],
  })
export const reshapeTo = (...targetShape: number[]): TfjsLayer => tfLayer('reshape', { targetShape })
