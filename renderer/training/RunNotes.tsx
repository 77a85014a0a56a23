import { Button, Popover } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { notesOf, type Run } from '../runs/run'
import { NoteList } from './NoteList'

/** What was done so that data and network fit, and what is odd about the data; nothing where there is nothing to say. */
export function RunNotes({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  const notes = notesOf(run)
  if (notes.length === 0) return null
  return (
    <Popover width={360} position="bottom-end" shadow="md">
      <Popover.Target>
        <Button variant="subtle" size="compact-xs" leftSection={<IconInfoCircle size={14} />} data-testid="run-notes">
          {t('training.notes', { count: notes.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <NoteList notes={notes} />
      </Popover.Dropdown>
    </Popover>
  )
}
