import { fill } from '#shared/problems'
import { kindNames, type PhraseCode, phrasal, phraseTexts } from '#shared/training/failurePhrases'
import { unfill } from '#shared/training/failures'
import { failurePhrases, kinds } from './zh-CN/failurePhrases'

/** Those with the most words of their own first: they could be read into the placeholders of others. */
const words = (code: PhraseCode): number => phraseTexts[code].replace(/\{\w+\}/g, '').length
const codes = (Object.keys(phraseTexts) as PhraseCode[]).sort((a, b) => words(b) - words(a))

/** A value of a failure or note in Chinese, where it is a part of a sentence; else as it is. */
export function translatedValue(name: string, value: string | number): string | number {
  if (typeof value === 'number' || !phrasal.has(name)) return value
  return translatedPhrase(value) ?? value
}

/** Null for what is no phrase. */
export function translatedPhrase(text: string): string | null {
  for (const code of codes) {
    const values = unfill(phraseTexts[code], text)
    if (values) return fill(failurePhrases[code], Object.fromEntries(Object.entries(values).map(named)))
  }
  return null
}

const named = ([name, value]: readonly [string, string]) =>
  [name, kindNames.has(name) && Object.hasOwn(kinds, value) ? (kinds[value] ?? value) : value] as const
