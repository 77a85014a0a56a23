import { Button } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host'
import { isResumable, type Run } from '../runs/run'
import { runningRun, useRuns } from '../store/run'

/** Trains on where a run ended early; nothing where that is impossible. */
export function ResumeButton({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  const host = useHost()
  const busy = useRuns((s) => runningRun(s) !== null)
  const pending = useRuns((s) => s.pending)
  if (busy || !isResumable(run.summary)) return null
  return (
    <Button
      data-tip={t('training.action.resumeHelp')}
      variant="default"
      leftSection={<IconPlayerTrackNext size={14} />}
      loading={pending === 'starting'}
      onClick={() => void useRuns.getState().resume(host, run.summary.id)}
      data-testid="resume"
    >
      {t('training.action.resume')}
    </Button>
  )
}
