import { Button, Popover } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/names'
import { noteMessage } from '../i18n/notes'
import type { Run } from '../runs/run'
import classes from './training.module.css'

/** What was done so that data and network fit, and what is odd about the data; nothing where there is nothing to say. */
export function RunNotes({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  useLanguage()
  const notes = run.started?.notes ?? []
  if (notes.length === 0) return null
  return (
    <Popover width={360} position="bottom-end" shadow="md">
      <Popover.Target>
        <Button variant="subtle" size="compact-xs" leftSection={<IconInfoCircle size={14} />} data-testid="run-notes">
          {t('training.notes', { count: notes.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ul className={classes.notes}>
          {notes.map((note) => (
            <li key={JSON.stringify(note)}>{noteMessage(note)}</li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}
