import { Button, FileButton, Group, Progress } from '@mantine/core'
import { IconFile, IconFolder } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '#shared/result'
import { useHost } from '../../host'
import { failureMessage } from '../../i18n/failures'
import { bytes, exact } from '../../i18n/format'
import { droppedProject } from '../../shell/droppedProject'
import classes from './data.module.css'
import { chosenFolder, dropped, type Folder } from './folder'
import { MAX_UPLOAD, uploadData, uploadFolder } from './upload'

interface UploadProps {
  /** Its path, for what is too large to be uploaded. */
  readonly workspace: string
  onChoose(spec: string): void
}
interface Going {
  readonly name: string
  readonly done: number
  readonly all: number
  readonly stop: AbortController
}

const bringIntoView = (e: HTMLElement | null) => e?.scrollIntoView({ block: 'nearest' })

/** Attributes of an input that asks for a folder. */
const folderInput = { multiple: true, webkitdirectory: '' }

/** Files, or a folder with a folder of pictures for each class: chosen or dropped here. */
export function Upload({ workspace, onChoose }: UploadProps) {
  const { t } = useTranslation()
  const host = useHost()
  const [error, setError] = useState<string | null>(null)
  const [going, setGoing] = useState<Going | null>(null)
  const [over, setOver] = useState(false)
  const tooLarge = ({ name }: File) =>
    t('training.data.tooLarge', { name, limit: bytes(MAX_UPLOAD), folder: workspace })

  const settle = (done: Result<string | null, string>, nothing: string | null) => {
    setError(done.ok ? (done.value === null ? nothing : null) : done.error)
    if (done.ok && done.value !== null) onChoose(done.value)
  }
  const takeFiles = async (files: readonly File[]) => {
    if (files.length > 0) settle(await uploadData(host, files, tooLarge), t('training.data.onlyLabels'))
  }
  const takeFolder = async (folder: Folder | null) => {
    if (!folder) return
    const start: Going = { name: folder.name, done: 0, all: folder.files.length, stop: new AbortController() }
    setError(null)
    setGoing(start)
    const onProgress = (done: number) => setGoing({ ...start, done })
    settle(await uploadFolder(host, folder, tooLarge, onProgress, start.stop.signal), null)
    setGoing(null)
  }
  const drop = async (transfer: DataTransfer) => {
    const what = await dropped(transfer)
    return 'name' in what ? takeFolder(what) : takeFiles(what)
  }
  if (going)
    return (
      <div className={classes.upload} role="status" data-testid="uploading">
        <span>
          {t('training.data.uploading', { name: going.name, done: exact(going.done), all: exact(going.all) })}
        </span>
        <Progress
          value={(100 * going.done) / Math.max(going.all, 1)}
          size={4}
          transitionDuration={100}
          aria-label={t('training.data.uploadProgress')}
        />
        <Button variant="default" onClick={() => going.stop.abort()}>
          {t('training.data.cancelUpload')}
        </Button>
      </div>
    )
  return (
    <fieldset
      className={classes.upload}
      data-over={over || undefined}
      data-testid="upload"
      onDragOver={(e) => {
        if (!e.dataTransfer.types.includes('Files')) return
        e.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        setOver(false)
        if (droppedProject(e.dataTransfer)) return
        e.preventDefault()
        void drop(e.dataTransfer)
      }}
    >
      <span>{t('training.data.dropHere')}</span>
      <Group gap={8} grow>
        <FileButton multiple onChange={(files) => void takeFiles(files)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFile size={16} />}>
              {t('training.data.chooseFile')}
            </Button>
          )}
        </FileButton>
        <FileButton multiple inputProps={folderInput} onChange={(files) => void takeFolder(chosenFolder(files))}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFolder size={16} />}>
              {t('training.data.chooseFolder')}
            </Button>
          )}
        </FileButton>
      </Group>
      {error !== null && (
        <span ref={bringIntoView} role="alert">
          {failureMessage(error)}
        </span>
      )}
    </fieldset>
  )
}
