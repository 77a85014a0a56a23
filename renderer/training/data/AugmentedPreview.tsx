import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { augment, isAugmented, isImage } from '#shared/training/augmentation'
import type { TrainingConfig } from '#shared/training/config'
import { sampleRandom } from '#shared/training/random'
import type { DataSummary } from '#shared/training/run'
import { useDocument } from '../../store/document'
import classes from './data.module.css'
import { Preview } from './Preview'

/** So many samples are shown, in each of the epochs. */
const SAMPLES = 8
const EPOCHS = [0, 1]

/** Some samples as they are changed for training; nothing where they are not. */
export function AugmentedPreview({ data }: { readonly data: DataSummary }) {
  const { t } = useTranslation()
  const training = useDocument((s) => s.document.training)
  const shown = useMemo(() => changed(data, training), [data, training])
  if (shown.length === 0) return null
  return (
    <div data-testid="augmented">
      <h3 title={t('training.data.augmentedHelp')}>{t('training.data.augmented')}</h3>
      <div className={classes.previews}>
        {shown.map(({ key, values, label }) => (
          <Preview key={key} values={values} shape={data.inputShape} label={label} />
        ))}
      </div>
    </div>
  )
}

function changed({ inputShape, preview }: DataSummary, training: TrainingConfig) {
  if (!isAugmented(training) || !isImage(inputShape)) return []
  return EPOCHS.flatMap((epoch) =>
    preview.slice(0, SAMPLES).map(({ values, label }, i) => {
      const to = new Float32Array(values.length)
      // Samples come here scaled to 0…1.
      augment(Float32Array.from(values), to, inputShape, [0, 1], training, sampleRandom(training.seed, epoch, i))
      return { key: `${epoch} ${i}`, values: [...to], label }
    }),
  )
}
