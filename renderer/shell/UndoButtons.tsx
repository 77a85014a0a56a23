import { ActionIcon } from '@mantine/core'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { type ActionId, actions } from '../actions'
import { showKeys } from '../actions/keys'
import { en } from '../i18n/en'
import { useDocument } from '../store/document'
import { useActions } from './useActions'

const steps = en.app.history
const isStep = (label: string): label is keyof typeof steps => Object.hasOwn(steps, label)
/** What an undo step is called. */
export const stepName = (label: string): string => i18next.t(`app.history.${isStep(label) ? label : 'other'}`)

export function UndoButtons() {
  const { t } = useTranslation()
  const undone = useDocument((s) => s.undoSteps.at(-1)?.label)
  const redone = useDocument((s) => s.redoSteps.at(-1)?.label)
  return (
    <div style={{ display: 'flex' }}>
      <StepButton
        id="undo"
        label={undone === undefined ? t('app.actions.undo') : t('app.bar.undoStep', { step: stepName(undone) })}
        disabled={undone === undefined}
      />
      <StepButton
        id="redo"
        label={redone === undefined ? t('app.actions.redo') : t('app.bar.redoStep', { step: stepName(redone) })}
        disabled={redone === undefined}
      />
    </div>
  )
}

interface Props {
  readonly id: Extract<ActionId, 'undo' | 'redo'>
  readonly label: string
  readonly disabled: boolean
}
function StepButton({ id, label, disabled }: Props) {
  const { t } = useTranslation()
  const run = useActions()
  const { icon: Icon, keys } = actions[id]
  return (
    <ActionIcon
      aria-label={t(`app.actions.${id}`)}
      data-tip={`${label} (${showKeys(keys?.[0] ?? '')})`}
      disabled={disabled}
      variant="subtle"
      onClick={() => run(id)}
    >
      <Icon size={18} stroke={1.5} />
    </ActionIcon>
  )
}
