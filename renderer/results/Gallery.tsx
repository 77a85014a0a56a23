import { Button } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mistake } from '#shared/training/run'
import { Preview } from '../training/data/Preview'
import { share } from '../training/format'
import classes from './gallery.module.css'

/** A cell of the confusion matrix. */
export interface Pair {
  readonly truth: number
  readonly predicted: number
}

interface GalleryProps {
  readonly mistakes: readonly Mistake[]
  readonly labels: readonly string[]
  /** Shows only the mistakes of one cell. */
  readonly pair: Pair | null
  onAll(): void
}

/** The samples that the network was surest about, and wrong. */
export const Gallery = memo(function Gallery({ mistakes, labels, pair, onAll }: GalleryProps) {
  const { t } = useTranslation()
  const shown = pair ? mistakes.filter((m) => m.truth === pair.truth && m.predicted === pair.predicted) : mistakes
  const name = (c: number) => labels[c] ?? String(c)
  return (
    <section className={classes.gallery} data-testid="mistake-pictures" data-shown={shown.length}>
      <h3>
        {pair
          ? t('training.results.pair', { truth: name(pair.truth), predicted: name(pair.predicted) })
          : t('training.results.pictures')}
        {pair && (
          <Button variant="subtle" onClick={onAll}>
            {t('training.results.showAll')}
          </Button>
        )}
      </h3>
      {shown.length === 0 && <p className={classes.none}>{t('training.results.noPictures')}</p>}
      <div className={classes.pictures}>
        {shown.map((m, i) => (
          <Preview
            // biome-ignore lint/suspicious/noArrayIndexKey: the list of a run never changes its order.
            key={`${m.truth} ${m.predicted} ${i}`}
            values={decode(m.pixels)}
            shape={m.shape}
            label={`${name(m.truth)} → ${name(m.predicted)}`}
            {...(m.probability !== null && { note: share(m.probability) })}
          />
        ))}
      </div>
    </section>
  )
})

/** Bytes 0…255 in base64 to values 0…1. */
const decode = (pixels: string): readonly number[] => Array.from(atob(pixels), (c) => c.charCodeAt(0) / 255)
