import type { TrainingConfig } from '#shared/training/config'
import { type Movement, movementOf } from '#shared/training/movement'
import { roleOf } from '#shared/training/weightSettings'
import type { NamedWeight } from './compile'

/** A weight that is trained. */
export interface MovedWeight extends NamedWeight {
  readonly movement: Movement
}

/** The weights that are trained, and how each of them moves. */
export const movedWeights = (weights: readonly NamedWeight[], config: TrainingConfig): readonly MovedWeight[] =>
  weights.flatMap((weight) =>
    weight.spec.trainable ? [{ ...weight, movement: movementOf(roleOf(weight.spec), weight.settings, config) }] : [],
  )
