import type { TrainingConfig } from '#shared/training/config'
import type { Progress } from './checkpoint'

/** Has the validation loss, which may be no number, fallen below its lowest so far? */
export const improves = ({ best }: Pick<Progress, 'best'>, valLoss: number | null): valLoss is number =>
  valLoss !== null && (best === null || valLoss < best.loss)

/** Prechelt, 1998: the validation loss has not fallen for `patience` epochs; 0 waits for ever. */
export const hasWaited = (
  { patience }: Pick<TrainingConfig, 'patience'>,
  at: Pick<Progress, 'best' | 'epoch'>,
): boolean => patience > 0 && at.epoch - (at.best?.epoch ?? 0) >= patience

/** After an epoch, counted from 1: one plateau more where the validation loss has not fallen for `plateauPatience` epochs since the last. */
export const plateauAfter = (
  { plateauPatience }: Pick<TrainingConfig, 'plateauPatience'>,
  { count, since }: Progress['plateau'],
  epoch: number,
  improved: boolean,
): Progress['plateau'] => {
  if (improved) return { count, since: epoch }
  return epoch - since >= plateauPatience ? { count: count + 1, since: epoch } : { count, since }
}
