import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { showShape } from '#shared/layer'
import type { TryAnswer } from '#shared/training/try'
import { Preview } from '../../training/data/Preview'
import { floatsOf } from './base64'
import classes from './try.module.css'

/** The sample as the network was given it: what a drawing or a photograph became. */
export function Seen({ answer: { seen } }: { readonly answer: TryAnswer }) {
  const { t } = useTranslation()
  const values = useMemo(
    () => Array.from(floatsOf(seen.values), (v) => (v - seen.low) / (seen.high - seen.low)),
    [seen],
  )
  return (
    <div className={classes.seen} data-testid="try-seen">
      <Preview values={values} shape={seen.shape} label={t('results.try.seen')} note={showShape(seen.shape)} />
    </div>
  )
}
