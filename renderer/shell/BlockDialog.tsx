import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { selectedPart } from '../canvas/clipboard'
import { asBlock, nameOfPart } from '../canvas/ownBlock'
import { useOwnBlocks } from '../store/ownBlocks'
import { useView } from '../store/view'
import { fail } from './files'
import css from './shell.module.css'

/** Asks what a block of one's own is to be called. */
export function BlockDialog() {
  const { t } = useTranslation()
  const opened = useView((s) => s.dialog === 'nameBlock')
  const close = () => useView.getState().showDialog(null)
  return (
    <Modal opened={opened} onClose={close} title={t('app.actions.saveBlock')} size="sm">
      <NameForm onDone={close} />
    </Modal>
  )
}

function NameForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const [part] = useState(selectedPart)
  const [text, setText] = useState(() => nameOfPart(part))
  const { blocks, save } = useOwnBlocks()
  const name = text.trim()
  const taken = blocks.some((b) => b.name === name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!save(name, asBlock(part, name))) fail(t('app.palette.notKept'))
    onDone()
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        data-autofocus
        label={t('app.inspector.name')}
        placeholder={t('app.palette.newBlock')}
        value={text}
        maxLength={200}
        onChange={(e) => setText(e.currentTarget.value)}
        error={taken && t('app.palette.nameTaken')}
      />
      <div className={css.buttons}>
        <Button variant="default" onClick={onDone}>
          {t('app.file.cancel')}
        </Button>
        <Button type="submit" disabled={name === '' || taken}>
          {t('app.file.save')}
        </Button>
      </div>
    </form>
  )
}
