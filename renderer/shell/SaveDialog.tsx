import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Requests } from '#shared/host'
import { useHost } from '../host'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { fileNameOf, nameOf, saveTo, saveUnder } from './files'
import css from './shell.module.css'

/** Where the system has no file dialog: a name in the workspace. */
export function SaveDialog() {
  const { t } = useTranslation()
  const opened = useView((s) => s.dialog === 'saveAs')
  const close = () => useView.getState().showDialog(null)
  return (
    <Modal opened={opened} onClose={close} title={t('app.file.saveAs')} size="sm">
      <NameForm onDone={close} />
    </Modal>
  )
}

function NameForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const host = useHost()
  const [name, setName] = useState(() => nameOf(useDocument.getState().document))
  const [files, setFiles] = useState<Requests['file.list']['result']>([])
  useEffect(() => {
    void host.request('file.list', {}).then((r) => r.ok && setFiles(r.value))
  }, [host])
  const there = files.find((f) => f.name === fileNameOf(name))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await (there ? saveTo(host, there.ref) : saveUnder(host, name))) onDone()
  }
  return (
    <form onSubmit={(e) => void submit(e)}>
      <TextInput
        data-autofocus
        label={t('app.file.name')}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
        rightSection={<span className={css.muted}>.netloom</span>}
        rightSectionWidth={68}
        description={there ? t('app.file.exists') : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      <div className={css.buttons}>
        <Button variant="default" onClick={onDone}>
          {t('app.file.cancel')}
        </Button>
        <Button type="submit" disabled={name.trim() === ''}>
          {there ? t('app.file.replace') : t('app.file.save')}
        </Button>
      </div>
    </form>
  )
}
