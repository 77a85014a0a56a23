import i18next from 'i18next'
import { fill } from '#shared/problems'
import { type InstallStep, installStepText } from '#shared/training/installation'
import { failureMessage } from './failures'
import { translatedValue } from './phrases'
import { installSteps } from './zh-CN/installSteps'

/** What an installation is doing, in the language of the interface. Follows the language: `useLanguage`. */
export function installStepMessage(step: InstallStep): string {
  if (i18next.language !== 'zh-CN') return installStepText(step)
  const values = Object.entries(step.values).map(([name, v]) => [name, name === 'reason' ? reason(v) : v])
  return fill(installSteps[step.code], Object.fromEntries(values))
}

/** A phrase, or a failure without its full stop. */
const reason = (text: string) => failureMessage(`${translatedValue('reason', text)}.`).replace(/[.。]$/, '')
