import type { EpochEvent } from './run'

/** The best figures of a run, each with the epoch that had it first; null where no epoch has such a figure. */
export interface BestFigures {
  readonly loss: Best | null
  readonly valLoss: Best | null
  readonly valAccuracy: Best | null
  readonly valTop5: Best | null
  readonly valRmse: Best | null
  readonly valMae: Best | null
}
export interface Best {
  readonly value: number
  readonly epoch: number
}
type Figure = keyof BestFigures

/** Of accuracies the highest is the best, of losses and errors the lowest. */
const higherIsBetter: Readonly<Record<Figure, boolean>> = {
  loss: false,
  valLoss: false,
  valAccuracy: true,
  valTop5: true,
  valRmse: false,
  valMae: false,
}

export function bestFigures(epochs: readonly EpochEvent[]): BestFigures {
  const best = (figure: Figure): Best | null =>
    epochs.reduce<Best | null>((found, event) => {
      const value = event[figure] ?? null
      if (value === null) return found
      if (found && (higherIsBetter[figure] ? value <= found.value : value >= found.value)) return found
      return { value, epoch: event.epoch }
    }, null)
  return {
    loss: best('loss'),
    valLoss: best('valLoss'),
    valAccuracy: best('valAccuracy'),
    valTop5: best('valTop5'),
    valRmse: best('valRmse'),
    valMae: best('valMae'),
  }
}
