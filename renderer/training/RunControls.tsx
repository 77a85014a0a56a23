import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { runningRun, useRuns } from '../store/run'
import { EngineChip } from './EngineChip'
import { PauseButton } from './PauseButton'
import { StopButton } from './StopButton'
import { TrainButton } from './TrainButton'
import classes from './training.module.css'

/** Train, or Pause and Stop, and the choice of the engine, for the top bar. */
export function RunControls() {
  const { t } = useTranslation()
  const state = useRuns((s) => runningRun(s)?.summary.state)
  return (
    <div className={classes.controls}>
      {state ? (
        <>
          <PauseButton paused={state === 'paused'} />
          <StopButton />
        </>
      ) : (
        <TrainButton leftSection={<IconPlayerPlayFilled size={14} />} testId="train">
          {t('training.action.train')}
        </TrainButton>
      )}
      <EngineChip />
    </div>
  )
}
