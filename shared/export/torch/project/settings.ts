import type { TrainingConfig } from '../../../training/config'
import type { Normalization } from '../../../training/normalization'
import type { Untrained } from '../../../training/run'
import type { TorchModel } from '../model'
import type { TorchNetwork } from '../network'

/** Where the samples of a project are read from. */
export type Source =
  /** Arrays `x` and `y` that the project brings along, or that a person puts there where it has no data. */
  | { readonly kind: 'arrays'; readonly path: string; readonly awaited: boolean }
  | { readonly kind: 'npz'; readonly path: string; readonly x: string | null; readonly y: string | null }
  | { readonly kind: 'npy' | 'idx'; readonly path: string; readonly labels: string | null }
  | { readonly kind: 'cifar10' | 'cifar100'; readonly path: string }
  | { readonly kind: 'images' | 'csv'; readonly path: string }

/** How a weight moves, by its name in the model. */
export interface MovedWeight {
  readonly path: string
  readonly dimensions: number
  readonly trainable: boolean
  /** A kernel: weight decay is for those. */
  readonly decays: boolean
  readonly learningRateMultiplier: number
  readonly l1: number
  readonly l2: number
}

/** All that a project is written from. */
export interface TorchProject {
  readonly title: string
  /** Null: the weights of a run come along. */
  readonly untrained: Untrained | null
  readonly network: TorchNetwork
  readonly model: TorchModel
  readonly training: TrainingConfig
  readonly source: Source
  readonly samples: {
    /** As they are read, and as the network takes them; channels last. */
    readonly sourceShape: readonly number[]
    readonly inputShape: readonly number[]
    readonly range: readonly [number, number]
    /** Null: numbers are predicted. */
    readonly labels: readonly string[] | null
    readonly targetSize: number
    readonly normalization: Normalization | undefined
  }
  readonly weights: readonly MovedWeight[]
}

/** A number as Python reads it. */
export const number = (value: number): string => String(value)
export const tuple = (values: readonly number[]): string =>
  `(${values.map(number).join(', ')}${values.length === 1 ? ',' : ''})`
/** A text as Python reads it. JSON's escapes are Python's. */
export const quoted = (text: string): string => JSON.stringify(text)
/** Texts that are there, with a line between them. */
export const lines = (...parts: readonly (string | false | null | undefined)[]): string =>
  parts.filter((part) => typeof part === 'string').join('\n')
/** Blocks at the top of a file, two empty lines between them. */
export const blocks = (...parts: readonly (string | false | null | undefined)[]): string =>
  `${parts.flatMap((part) => (part ? [part.trim()] : [])).join('\n\n\n')}\n`
