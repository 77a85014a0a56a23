import { Button } from '@mantine/core'
import { IconArrowsShuffle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SampleFormProps } from './TryView'

/** Takes the next one of the samples that the run did not train on. */
export function HeldOutButton({ sample, onSample }: Pick<SampleFormProps, 'sample' | 'onSample'>) {
  const { t } = useTranslation()
  const next = sample?.kind === 'heldOut' ? sample.index + 1 : 0
  return (
    <Button
      variant="default"
      leftSection={<IconArrowsShuffle size={16} />}
      title={t('results.try.heldOutHelp')}
      onClick={() => onSample({ kind: 'heldOut', index: next })}
      data-testid="try-held-out"
    >
      {t('results.try.heldOut')}
    </Button>
  )
}
