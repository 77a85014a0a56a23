import { Button } from '@mantine/core'
import { IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EngineChip } from './EngineChip'
import { TrainButton } from './TrainButton'
import classes from './training.module.css'
import { useTraining } from './useTraining'

/** Train, Stop and the choice of the engine, for the top bar. */
export function RunControls() {
  const { t } = useTranslation()
  const { running, pending, stop } = useTraining()
  return (
    <div className={classes.controls}>
      {running ? (
        <Button
          color="red"
          variant="light"
          leftSection={<IconPlayerStopFilled size={14} />}
          loading={pending === 'stopping'}
          onClick={() => void stop()}
          data-testid="stop"
        >
          {t('training.action.stop')}
        </Button>
      ) : (
        <TrainButton leftSection={<IconPlayerPlayFilled size={14} />} testId="train">
          {t('training.action.train')}
        </TrainButton>
      )}
      <EngineChip />
    </div>
  )
}
