import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDocument } from '../store/document'
import { type Answer, useAsk } from './ask'
import { nameOf } from './files'
import css from './shell.module.css'

/** Shown before a document with unsaved changes is replaced. */
export function UnsavedDialog() {
  const { t } = useTranslation()
  const answer = useAsk((s) => s.answer)
  const name = useDocument((s) => nameOf(s.document))
  const say = (a: Answer) => () => answer?.(a)
  return (
    <Modal opened={answer !== null} onClose={say('cancel')} title={t('app.file.unsavedTitle')} size="sm">
      {t('app.file.unsavedText', { name })}
      <div className={css.buttons}>
        <Button variant="default" onClick={say('cancel')}>
          {t('app.file.cancel')}
        </Button>
        <Button variant="default" onClick={say('discard')}>
          {t('app.file.discard')}
        </Button>
        <Button data-autofocus onClick={say('save')}>
          {t('app.file.save')}
        </Button>
      </div>
    </Modal>
  )
}
