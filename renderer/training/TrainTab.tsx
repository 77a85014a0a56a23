import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureMessage } from '../i18n/failures'
import { currentRun, useRuns } from '../store/run'
import { CurvePanel } from './curves/CurvePanel'
import { EndingNotice } from './EndingNotice'
import { LayersPanel } from './layers/LayersPanel'
import { Notice, NoticeLine } from './Notice'
import { ProgressLine } from './ProgressLine'
import { SettingsForm } from './SettingsForm'
import { TrainButton } from './TrainButton'
import classes from './training.module.css'

const views = ['curves', 'layers'] as const

/** Settings at the left, progress and live curves, or the figures of the layers, beside them. */
export function TrainTab() {
  const { t } = useTranslation()
  const run = useRuns(currentRun)
  const revision = useRuns((s) => s.revision)
  const [shown, setShown] = useState<(typeof views)[number]>('curves')
  const switcher = (
    <SegmentedControl
      size="xs"
      aria-label={t('training.view.title')}
      value={shown}
      onChange={(value) => setShown(views.find((v) => v === value) ?? 'curves')}
      data={views.map((value) => ({ value, label: t(`training.view.${value}`) }))}
    />
  )
  return (
    <div className={classes.train}>
      <section className={classes.settings} aria-label={t('training.settings.title')}>
        <SettingsForm />
      </section>
      <section className={classes.live} aria-label={t('training.curves.title')}>
        <Failure />
        {run && <ProgressLine run={run} />}
        {run && <EndingNotice run={run} />}
        {shown === 'curves' ? (
          <CurvePanel key={run?.summary.id} run={run} revision={revision} switcher={switcher} />
        ) : (
          <LayersPanel run={run} switcher={switcher} />
        )}
      </section>
    </div>
  )
}

/** Says what went wrong with the run or with the last request, and offers to train again. */
function Failure() {
  const { t } = useTranslation()
  const run = useRuns(currentRun)
  const error = useRuns((s) => s.error)
  const dismiss = useRuns((s) => s.dismissError)
  const failed = run?.summary.state === 'failed'
  if (!failed && error === null) return null
  const message = error ?? run?.summary.error
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
