import { Button } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host'
import { useRuns } from '../store/run'

/** Makes the run under way wait, or lets it go on. */
export function PauseButton({ paused }: { readonly paused: boolean }) {
  const { t } = useTranslation()
  const host = useHost()
  const pending = useRuns((s) => s.pending)
  const { pause, proceed } = useRuns.getState()
  return (
    <Button
      data-tip={paused ? t('training.action.continueHelp') : t('training.action.pauseHelp')}
      variant={paused ? 'filled' : 'default'}
      leftSection={paused ? <IconPlayerPlayFilled size={14} /> : <IconPlayerPauseFilled size={14} />}
      loading={pending === 'pausing' || pending === 'continuing'}
      disabled={pending === 'stopping'}
      onClick={() => void (paused ? proceed(host) : pause(host))}
      data-testid={paused ? 'continue' : 'pause'}
    >
      {paused ? t('training.action.continue') : t('training.action.pause')}
    </Button>
  )
}
