import i18next from 'i18next'
import { fill } from '#shared/problems'
import { type Note, noteText } from '#shared/training/notes'
import { notePhrases, notes } from './zh-CN/notes'

/** What a note on data says, in the language of the interface. Follows the language: `useLanguage`. */
export function noteMessage(note: Note): string {
  if (i18next.language !== 'zh-CN') return noteText(note)
  const values = Object.entries(note.values).map(([name, v]) => [name, notePhrases[v] ?? v])
  return fill(notes[note.code], Object.fromEntries(values))
}
