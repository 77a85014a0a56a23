import { ActionIcon, Button, Checkbox, FileButton, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconPhoto, IconTrash } from '@tabler/icons-react'
import { type DragEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_PICTURE_BYTES } from '#shared/training/try'
import { bytes } from '../../i18n/format'
import { Notice } from '../../training/Notice'
import { toBase64 } from './base64'
import { DrawPad } from './DrawPad'
import { HeldOutButton } from './HeldOutButton'
import { drawStrokes, type Stroke } from './strokes'
import type { SampleFormProps } from './TryView'
import classes from './try.module.css'

/** A pad to draw on; pictures can be chosen, dropped on it or pasted. */
export function PictureForm({ subject, sample, onSample }: SampleFormProps) {
  const { t } = useTranslation()
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const [fit, setFit] = useState(true)
  const [picture, setPicture] = useState<string | null>(null)
  const [tooLarge, setTooLarge] = useState<string | null>(null)
  const [over, setOver] = useState(false)
  const [height = 1, width = 1] = subject.shape

  const draw = (next: readonly Stroke[], fitted = fit) => {
    setStrokes(next)
    setPicture(null)
    setTooLarge(null)
    if (next.length === 0) return onSample(null)
    const ink = drawStrokes(next, height, width, fitted)
    onSample({ kind: 'drawing', height, width, ink: toBase64(ink.pixels) })
  }
  const take = async (file: File | null | undefined) => {
    if (!file) return
    setStrokes([])
    if (file.size > MAX_PICTURE_BYTES) {
      onSample(null)
      return setTooLarge(
        t('results.try.tooLarge', { name: file.name, size: bytes(file.size), most: bytes(MAX_PICTURE_BYTES) }),
      )
    }
    setTooLarge(null)
    setPicture(file.name)
    onSample({ kind: 'picture', file: toBase64(new Uint8Array(await file.arrayBuffer())) })
  }
  usePastedPicture((file) => void take(file))

  const drop = (e: DragEvent) => {
    e.preventDefault()
    setOver(false)
    void take(e.dataTransfer.files[0])
  }
  const undo = () => draw(strokes.slice(0, -1))
  const clear = () => draw([])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped on it; the button beside does the same by keyboard.
    <div
      className={classes.form}
      data-over={over || undefined}
      onDragOver={(e) => {
        e.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={classes.board}>
        <DrawPad strokes={strokes} onChange={draw} onUndo={undo} onClear={clear} />
        {strokes.length === 0 && (
          <span className={classes.invitation}>
            {picture ?? (sample?.kind === 'heldOut' ? t('results.try.fromData') : t('results.try.drawHere'))}
          </span>
        )}
      </div>
      <div className={classes.tools}>
        <Tooltip label={t('results.try.undo')}>
          <ActionIcon aria-label={t('results.try.undo')} disabled={strokes.length === 0} onClick={undo}>
            <IconArrowBackUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('results.try.clear')}>
          <ActionIcon
            aria-label={t('results.try.clear')}
            disabled={sample === null && tooLarge === null}
            onClick={clear}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('results.try.fitHelp')}>
          <Checkbox
            size="xs"
            label={t('results.try.fit')}
            checked={fit}
            onChange={(e) => {
              setFit(e.currentTarget.checked)
              if (strokes.length > 0) draw(strokes, e.currentTarget.checked)
            }}
          />
        </Tooltip>
      </div>
      <div className={classes.sources}>
        <FileButton onChange={(file) => void take(file)} accept="image/png,image/jpeg,image/webp">
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconPhoto size={16} />}
              title={t('results.try.pictureHelp')}
            >
              {t('results.try.picture')}
            </Button>
          )}
        </FileButton>
        <HeldOutButton
          sample={sample}
          onSample={(s) => {
            setStrokes([])
            setPicture(null)
            setTooLarge(null)
            onSample(s)
          }}
        />
      </div>
      {tooLarge !== null && <Notice tone="error">{tooLarge}</Notice>}
    </div>
  )
}

/** Ctrl+V with a picture on the clipboard, wherever the focus is; text goes where it would. */
function usePastedPicture(take: (file: File) => void): void {
  useEffect(() => {
    const paste = (e: ClipboardEvent) => {
      const file = [...(e.clipboardData?.files ?? [])].find((f) => f.type.startsWith('image/'))
      if (!file) return
      e.preventDefault()
      e.stopImmediatePropagation()
      take(file)
    }
    window.addEventListener('paste', paste, true)
    return () => window.removeEventListener('paste', paste, true)
  }, [take])
}
