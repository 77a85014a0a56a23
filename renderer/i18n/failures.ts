import i18next from 'i18next'
import { type Code, fill, texts } from '#shared/problems'
import { readFailure, SAID, unfill } from '#shared/training/failures'
import { notesMessage } from './notes'
import { translatedValue } from './phrases'
import { problemText } from './problems'
import { failures } from './zh-CN/failures'

/**
 * What went wrong with a run or a request, in the language of the interface; a message that is not known stays as it came. Follows the
 * language: `useLanguage`.
 */
export function failureMessage(message: string): string {
  if (i18next.language !== 'zh-CN') return message
  const [what = '', ...said] = message.split(SAID)
  return [translated(what), ...said].join('它说：')
}

function translated(message: string): string {
  const known = readFailure(message)
  if (known) {
    const values = Object.entries(known.values).map(([name, v]) => [name, valueInChinese(name, v)])
    return fill(failures[known.code], Object.fromEntries(values))
  }
  // A project is refused with the text of its problem.
  for (const code of Object.keys(texts) as Code[]) {
    const [severity, text] = texts[code]
    const values = unfill(text, message)
    if (values) return problemText({ code, severity, nodeId: '', values, message })
  }
  return message
}

function valueInChinese(name: string, value: string): string | number {
  if (name === 'notes') return notesMessage(value)
  // A training may fail for what a reader of data says; the full stop is the outer sentence's.
  const inner = name === 'reason' ? readFailure(`${value}.`) : null
  return inner ? translated(`${value}.`).replace(/。$/, '') : translatedValue(name, value)
}
