import { Button, FileButton, Modal, UnstyledButton } from '@mantine/core'
import { IconFile, IconUpload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Requests } from '#shared/host'
import { useHost } from '../host'
import { useView } from '../store/view'
import { fail, openRef, openText } from './files'
import css from './shell.module.css'

type Files = Requests['file.list']['result']

/** Where the system has no file dialog: the workspace's networks, or a file from elsewhere. */
export function OpenDialog() {
  const { t } = useTranslation()
  const opened = useView((s) => s.dialog === 'open')
  const close = () => useView.getState().showDialog(null)
  return (
    <Modal opened={opened} onClose={close} title={t('app.file.open')} size="md">
      <FileChoice onDone={close} />
    </Modal>
  )
}

function FileChoice({ onDone }: { readonly onDone: () => void }) {
  const { t, i18n } = useTranslation()
  const host = useHost()
  const [files, setFiles] = useState<Files>([])
  const [folder, setFolder] = useState('')
  useEffect(() => {
    void host.request('file.list', {}).then((r) => (r.ok ? setFiles(r.value) : fail(r.error.message)))
    void host.request('app.info', {}).then((r) => r.ok && setFolder(r.value.workspace))
  }, [host])
  const upload = async (file: File | null) => {
    if (file && openText(await file.text(), null)) onDone()
  }
  return (
    <>
      <div className={css.muted}>{t('app.file.openHelp', { folder })}</div>
      <div className={css.files}>
        {files.length === 0 && <div className={css.empty}>{t('app.file.none')}</div>}
        {files.map((f) => (
          <UnstyledButton
            key={f.ref}
            className={css.file}
            fz={13}
            onClick={async () => {
              if (await openRef(host, f.ref)) onDone()
            }}
          >
            <IconFile size={16} stroke={1.5} />
            <span>{f.name.replace(/\.netloom$/, '')}</span>
            <span className={css.muted}>{new Date(f.modified).toLocaleString(i18n.language)}</span>
          </UnstyledButton>
        ))}
      </div>
      <FileButton accept=".netloom,application/json" onChange={(f) => void upload(f)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconUpload size={14} />}>
            {t('app.file.upload')}
          </Button>
        )}
      </FileButton>
    </>
  )
}
