import { useTranslation } from 'react-i18next'
import { failureMessage } from '../i18n/failures'
import { currentRun, useRuns } from '../store/run'
import { Notice, NoticeLine } from './Notice'
import { TrainButton } from './TrainButton'

/** Says what went wrong with the run or with the last request, and offers to train again. */
export function Failure() {
  const { t } = useTranslation()
  const failed = useRuns((s) => currentRun(s)?.summary.state === 'failed')
  const reason = useRuns((s) => currentRun(s)?.summary.error)
  const error = useRuns((s) => s.error)
  const dismiss = useRuns((s) => s.dismissError)
  if (!failed && error === null) return null
  const message = error ?? reason
  return (
    <Notice
      tone="error"
      title={error === null ? t('training.failed') : t('training.refused')}
      testId="failure"
      {...(error !== null && { onClose: dismiss })}
    >
      <NoticeLine
        action={
          error === null && (
            <TrainButton variant="default" testId="train-again">
              {t('training.action.again')}
            </TrainButton>
          )
        }
      >
        {message === undefined ? t('training.failedUnknown') : failureMessage(message)}
      </NoticeLine>
    </Notice>
  )
}
