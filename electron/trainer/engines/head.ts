import type { LossType } from '#shared/training/losses'

/** An output as it is trained. */
export interface Head {
  /** Of the node that delivers it, and of the layer that computes it. */
  readonly id: string
  readonly source: string
  readonly loss: LossType
  readonly weight: number
  /** Numbers per sample. */
  readonly size: number
}
