import { Button, Tooltip } from '@mantine/core'
import { IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EngineChip } from './EngineChip'
import classes from './training.module.css'
import { useTraining } from './useTraining'

/** Train, Stop and the choice of the engine, for the top bar. */
export function RunControls() {
  const { t } = useTranslation()
  const { running, pending, blocked, start, stop } = useTraining()
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
        <Tooltip label={blocked ?? t('training.action.trainHelp')}>
          {/* Not `disabled`: the reason must be reachable by pointer and by keyboard. */}
          <Button
            leftSection={<IconPlayerPlayFilled size={14} />}
            loading={pending === 'starting'}
            aria-disabled={blocked !== null}
            {...(blocked !== null && { 'data-disabled': true, 'aria-description': blocked })}
            onClick={() => blocked === null && void start()}
            data-testid="train"
          >
            {t('training.action.train')}
          </Button>
        </Tooltip>
      )}
      <EngineChip />
    </div>
  )
}
