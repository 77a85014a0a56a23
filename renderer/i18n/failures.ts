import i18next from 'i18next'
import { fill } from '#shared/problems'
import { readFailure, SAID } from '#shared/training/failures'
import { notesMessage } from './notes'
import { translatedValue } from './phrases'
import { listedProblems, readProblem } from './problems'
import { failures } from './zh-CN/failures'

/**
 * What went wrong with a run or a request, in the language of the interface; what is not known, such as words of a library, is quoted.
 * Follows the language: `useLanguage`.
 */
export function failureMessage(message: string): string {
  if (i18next.language !== 'zh-CN') return message
  const [what = '', ...said] = message.split(SAID)
  return [translated(what) ?? quoted(what), ...said].join('它说：')
}

/** Null for a message that is not known. */
function translated(message: string): string | null {
  const known = readFailure(message)
  // A project is refused with the text of its problem.
  if (!known) return readProblem(message)
  const values = Object.entries(known.values).map(([name, v]) => [name, valueInChinese(name, v)])
  return fill(failures[known.code], Object.fromEntries(values))
}

function valueInChinese(name: string, value: string): string | number {
  if (name === 'notes') return notesMessage(value)
  if (name === 'problems') return listedProblems(value)
  const said = translatedValue(name, value)
  if (name !== 'reason' || said !== value) return said
  // A training may fail for what a reader of data says; the full stop is the outer sentence's.
  return (translated(value) ?? translated(`${value}.`))?.replace(/。$/, '') ?? quoted(value)
}

/** A sentence in other words than ours stands in quotation marks, under the name of what it is. */
const quoted = (words: string): string =>
  /[A-Za-z]{2,} [A-Za-z]{2,}/.test(words) && !/[一-鿿]/.test(words) ? `原文“${words}”` : words
