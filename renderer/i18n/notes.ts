import i18next from 'i18next'
import { fill } from '#shared/problems'
import { unfill } from '#shared/training/failures'
import { type Note, noteCodes, noteText, noteTexts } from '#shared/training/notes'
import { translatedValue } from './phrases'
import { notes } from './zh-CN/notes'

/** What a note on data says, in the language of the interface. Follows the language: `useLanguage`. */
export function noteMessage(note: Note): string {
  if (i18next.language !== 'zh-CN') return noteText(note)
  const values = Object.entries(note.values).map(([name, v]) => [name, translatedValue(name, v)])
  return fill(notes[note.code], Object.fromEntries(values))
}

/** Notes that came as text, one sentence each, such as a refusal lists them. */
export const notesMessage = (text: string): string =>
  text
    .split(/(?<=\.) /)
    .map((sentence) => {
      for (const code of noteCodes) {
        const values = unfill(noteTexts[code], sentence)
        if (values) return noteMessage({ code, values })
      }
      return sentence
    })
    .join('')
