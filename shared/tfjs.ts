import type { layers } from '@tensorflow/tfjs-layers'

type Layers = typeof layers
/** The names of the tfjs factories that make a layer from one arguments object. */
export type Factory = {
  [K in keyof Layers]: Layers[K] extends (args: infer A) => unknown ? (A extends object | undefined ? K : never) : never
}[keyof Layers]
type Args<K extends Factory> = Layers[K] extends (args: infer A) => unknown ? A : never

/** The arguments of the layers that tfjs lacks. Explicit padding is `[before, after]` per axis in one flat list. */
export interface CustomArgs {
  groupedConv2d: {
    readonly filters: number
    readonly kernelSize: readonly number[]
    readonly strides: readonly number[]
    readonly padding: 'same' | 'valid'
    readonly dilationRate: readonly number[]
    readonly groups: number
    readonly activation: string
    readonly useBias: boolean
  }
  /** Padding never counts: it is −∞ for max and left out of the mean for average. */
  paddedPool2d: {
    readonly op: 'max' | 'average'
    readonly poolSize: readonly number[]
    readonly strides: readonly number[]
    readonly padding: readonly number[]
  }
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

export const pair = (v: readonly number[]): [number, number] => [v[0] ?? 1, v[1] ?? 1]
/** `padding` is top, bottom, left, right. */
export const zeroPadding2d = ([top = 0, bottom = 0, left = 0, right = 0]: readonly number[]): TfjsLayer =>
  tfLayer('zeroPadding2d', {
    padding: [
      [top, bottom],
      [left, right],
    ],
  })
