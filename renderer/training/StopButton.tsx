import { Button } from '@mantine/core'
import { IconPlayerStopFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host'
import { useRuns } from '../store/run'

/** Ends the run under way after its step, with a checkpoint. */
export function StopButton() {
  const { t } = useTranslation()
  const host = useHost()
  const pending = useRuns((s) => s.pending)
  return (
    <Button
      data-tip={t('training.action.stopHelp')}
      color="red"
      variant="light"
      leftSection={<IconPlayerStopFilled size={14} />}
      loading={pending === 'stopping'}
      onClick={() => void useRuns.getState().stop(host)}
      data-testid="stop"
    >
      {t('training.action.stop')}
    </Button>
  )
}
