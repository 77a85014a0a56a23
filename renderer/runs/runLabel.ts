import i18next, { type TFunction } from 'i18next'
import type { RunSummary } from '#shared/training/run'
import { share } from '../training/format'

/** A run among others: its name, when it began, how good it is. */
export const runLabel = (r: RunSummary, t: TFunction): string =>
  [
    r.name || t('training.runs.unnamed'),
    new Date(r.startedAt).toLocaleString(i18next.language, { dateStyle: 'short', timeStyle: 'short' }),
    ...(r.valAccuracy === null ? [] : [share(r.valAccuracy)]),
  ].join(' · ')
