import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { FieldValue } from '#shared/fields'
import { toProblem } from '#shared/problems'
import { isImage } from '#shared/training/augmentation'
import { type TrainingConfig, trainingFields } from '#shared/training/config'
import { problemText } from '../i18n/problems'
import { FieldEditor } from '../inspector/fields/FieldEditor'
import { useDocument } from '../store/document'
import { remember, remembered } from '../store/remembered'
import { useData } from './data/dataStore'
import { StartFrom } from './StartFrom'
import {
  basicSettings,
  countChanged,
  hasWrong,
  type SettingGroup,
  settingGroups,
  settingsOf,
  wrongSetting,
} from './settingsGroups'
import classes from './training.module.css'

const OPEN = 'netloom.settings'

/** The settings of the next run, generated from their fields: the basic ones, the rest in groups that stay as they were folded. */
export function SettingsForm() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(() => new Set(remembered(OPEN, z.array(z.enum(settingGroups)))))
  const fold = (group: SettingGroup, unfolded: boolean) => {
    const next = new Set(open)
    if (unfolded) next.add(group)
    else next.delete(group)
    remember(OPEN, [...next])
    setOpen(next)
  }
  return (
    <form className={classes.form} onSubmit={(e) => e.preventDefault()}>
      <h3>{t('training.settings.title')}</h3>
      {basicSettings.map((name) => (
        <Setting key={name} name={name} />
      ))}
      <StartFrom />
      {settingGroups.map((group) => (
        <Group key={group} group={group} open={open.has(group)} onFold={(unfolded) => fold(group, unfolded)} />
      ))}
    </form>
  )
}

interface GroupProps {
  readonly group: SettingGroup
  readonly open: boolean
  onFold(open: boolean): void
}

/** A folded group tells how much in it is not as it comes, and that something in it is wrong. */
function Group({ group, open, onFold }: GroupProps) {
  const { t } = useTranslation()
  const training = useDocument((s) => s.document.training)
  const shape = useData((s) => s.summary?.inputShape)
  const settings = settingsOf(group, training)
  if (settings.length === 0) return null
  const changed = countChanged(settings, training)
  const unfit = group === 'augmentation' && shape !== undefined && !isImage(shape)
  return (
    <details
      className={classes.group}
      open={open}
      onToggle={(e) => e.currentTarget.open !== open && onFold(e.currentTarget.open)}
      data-testid={`settings-${group}`}
    >
      <summary>
        <IconChevronRight size={14} aria-hidden="true" />
        {t(`training.settings.${group}`)}
        {hasWrong(training, settings) && (
          <IconAlertTriangle className={classes.wrong} size={14} aria-label={t('training.settings.wrong')} />
        )}
        {changed > 0 && <span className={classes.changed}>{t('training.settings.changed', { count: changed })}</span>}
      </summary>
      {unfit && <p className={classes.hint}>{t('training.settings.imagesOnly')}</p>}
      <fieldset className={classes.fields} disabled={unfit}>
        {settings.map((name) => (
          <Setting key={name} name={name} />
        ))}
      </fieldset>
    </details>
  )
}

function Setting({ name }: { readonly name: keyof TrainingConfig }) {
  const training = useDocument((s) => s.document.training)
  const { preview, commit } = useDocument.getState()
  const wrong = wrongSetting(name, training)
  return (
    <FieldEditor
      owner="training"
      name={name}
      field={trainingFields[name]}
      value={training[name]}
      {...(wrong && { problem: problemText(toProblem(wrong, '')) })}
      set={(value: FieldValue) => preview((d) => ({ ...d, training: { ...d.training, [name]: value } }))}
      done={() => commit('trainingSettings')}
    />
  )
}
