import { useTranslation } from 'react-i18next'
import { checkField, type FieldValue } from '#shared/fields'
import { toProblem } from '#shared/problems'
import { type TrainingConfig, trainingFields } from '#shared/training/config'
import { optimizers } from '#shared/training/optimizers'
import type { ScheduleType } from '#shared/training/schedules'
import { problemText } from '../i18n/problems'
import { FieldEditor } from '../inspector/fields/FieldEditor'
import { useDocument } from '../store/document'
import classes from './training.module.css'

const names = Object.keys(trainingFields) as (keyof TrainingConfig)[]
/** What is changed most often stands first. */
const first: readonly (keyof TrainingConfig)[] = [
  'loss',
  'optimizer',
  'learningRate',
  'momentum',
  'batchSize',
  'epochs',
]
const ordered = [...first, ...names.filter((n) => !first.includes(n))]
/** The schedules that fall at a rate of one's own. */
const decaying: readonly string[] = ['exponential', 'naturalExponential', 'inverseTime'] satisfies ScheduleType[]

/** Settings that the others make idle are not shown. */
const isUsed = (name: keyof TrainingConfig, training: TrainingConfig): boolean =>
  name === 'momentum'
    ? optimizers[training.optimizer]?.usesMomentum
    : name !== 'decayRate' || decaying.includes(training.schedule)

/** The settings of the next run, generated from their fields. */
export function SettingsForm() {
  const { t } = useTranslation()
  const training = useDocument((s) => s.document.training)
  const { preview, commit } = useDocument.getState()
  const shown = ordered.filter((name) => isUsed(name, training))
  return (
    <form className={classes.form} onSubmit={(e) => e.preventDefault()}>
      <h3>{t('training.settings.title')}</h3>
      {shown.map((name) => {
        const wrong = checkField(name, trainingFields[name], training[name])
        return (
          <FieldEditor
            key={name}
            owner="training"
            name={name}
            field={trainingFields[name]}
            value={training[name]}
            {...(wrong && { problem: problemText(toProblem(wrong, '')) })}
            set={(value: FieldValue) => preview((d) => ({ ...d, training: { ...d.training, [name]: value } }))}
            done={() => commit('trainingSettings')}
          />
        )
      })}
    </form>
  )
}
