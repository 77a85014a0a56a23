import { useTranslation } from 'react-i18next'
import { checkField, type FieldValue } from '#shared/fields'
import { toProblem } from '#shared/problems'
import { type TrainingConfig, trainingFields } from '#shared/training/config'
import { optimizers } from '#shared/training/optimizers'
import { problemText } from '../i18n/problems'
import { FieldEditor } from '../inspector/fields/FieldEditor'
import { useDocument } from '../store/document'
import classes from './training.module.css'

const names = Object.keys(trainingFields) as (keyof TrainingConfig)[]

/** The settings of the next run, generated from their fields. */
export function SettingsForm() {
  const { t } = useTranslation()
  const training = useDocument((s) => s.document.training)
  const { preview, commit } = useDocument.getState()
  const shown = names.filter((n) => n !== 'momentum' || optimizers[training.optimizer]?.usesMomentum)
  return (
    <form className={classes.form} onSubmit={(e) => e.preventDefault()}>
      <h3>{t('training.settings.title')}</h3>
      {shown.map((name) => {
        const wrong = checkField(name, trainingFields[name], training[name])
        return (
          <div key={name}>
            <FieldEditor
              owner="training"
              name={name}
              field={trainingFields[name]}
              value={training[name]}
              invalid={wrong !== null}
              set={(value: FieldValue) => preview((d) => ({ ...d, training: { ...d.training, [name]: value } }))}
              done={() => commit('trainingSettings')}
            />
            {wrong && <p className={classes.problem}>{problemText(toProblem(wrong, ''))}</p>}
          </div>
        )
      })}
    </form>
  )
}
