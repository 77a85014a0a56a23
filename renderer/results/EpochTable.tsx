import { useTranslation } from 'react-i18next'
import type { EpochEvent } from '#shared/training/run'
import { duration, figure, share } from '../training/format'
import classes from './scores.module.css'

/** One row per epoch, newest first; the best is marked. */
export function EpochTable({ epochs, best }: { readonly epochs: readonly EpochEvent[]; readonly best: number | null }) {
  const { t } = useTranslation()
  return (
    <div className={classes.scroll}>
      <table className={classes.scores} data-testid="epochs">
        <thead>
          <tr>
            <th scope="col">{t('training.results.epoch')}</th>
            <th scope="col">{t('training.results.trainLoss')}</th>
            <th scope="col">{t('training.results.valLoss')}</th>
            <th scope="col">{t('training.results.trainAccuracy')}</th>
            <th scope="col">{t('training.results.valAccuracy')}</th>
            <th scope="col">{t('training.results.took')}</th>
          </tr>
        </thead>
        <tbody>
          {epochs.toReversed().map((e) => (
            <tr key={e.epoch} aria-current={e.epoch === best || undefined}>
              <th scope="row">{e.epoch === best ? t('training.results.bestEpoch', { epoch: e.epoch }) : e.epoch}</th>
              <td>{figure(e.loss)}</td>
              <td>{figure(e.valLoss)}</td>
              <td>{share(e.accuracy)}</td>
              <td>{share(e.valAccuracy)}</td>
              <td>{duration(e.seconds, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
