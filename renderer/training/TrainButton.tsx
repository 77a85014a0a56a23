import { Button, type ButtonProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useTraining } from './useTraining'

/** Starts a run; where that is impossible it says why. Not `disabled`: the reason must be reachable by pointer and by keyboard. */
export function TrainButton({ testId, ...props }: ButtonProps & { readonly testId: string }) {
  const { t } = useTranslation()
  const { pending, blocked, start } = useTraining()
  return (
    <Button
      {...props}
      data-tip={blocked ?? t('training.action.trainHelp')}
      loading={pending === 'starting'}
      aria-disabled={blocked !== null}
      {...(blocked !== null && { 'data-disabled': true, 'aria-description': blocked })}
      onClick={() => blocked === null && void start()}
      data-testid={testId}
    />
  )
}
