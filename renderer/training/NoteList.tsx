import type { Note } from '#shared/training/notes'
import { useLanguage } from '../i18n/names'
import { noteMessage } from '../i18n/notes'
import classes from './training.module.css'

export function NoteList({ notes }: { readonly notes: readonly Note[] }) {
  useLanguage()
  return (
    <ul className={classes.notes}>
      {notes.map((note) => (
        <li key={JSON.stringify(note)}>{noteMessage(note)}</li>
      ))}
    </ul>
  )
}
