import { ActionIcon, Button, Checkbox, FileButton } from '@mantine/core'
import { IconArrowBackUp, IconPhoto, IconTrash } from '@tabler/icons-react'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_PICTURE_BYTES } from '#shared/training/try'
import { bytes } from '../../i18n/format'
import { droppedProject } from '../../shell/droppedProject'
import { toBase64 } from './base64'
import { DrawPad } from './DrawPad'
import { HeldOutButton } from './HeldOutButton'
import { Seen } from './Seen'
import { drawStrokes, type Stroke } from './strokes'
import type { SampleFormProps } from './TryView'
import classes from './try.module.css'

/** A pad to draw on; pictures can be chosen, dropped on it or pasted. */
export function PictureForm({ subject, sample, answer, onSample, onTrouble }: SampleFormProps) {
  const { t } = useTranslation()
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const [fit, setFit] = useState(true)
  const [picture, setPicture] = useState<string | null>(null)
  const reset = useRef<() => void>(null)
  const [over, setOver] = useState(false)
  const [height = 1, width = 1] = subject.shape
  const held = sample?.kind === 'heldOut'

  const draw = (next: readonly Stroke[], fitted = fit) => {
    setStrokes(next)
    setPicture(null)
    onTrouble(null)
    if (next.length === 0) return onSample(null)
    const ink = drawStrokes(next, height, width, fitted)
    onSample({ kind: 'drawing', height, width, ink: toBase64(ink.pixels) })
  }
  const take = async (file: File | null | undefined) => {
    if (!file) return
    // The same file may be chosen again, mended.
    reset.current?.()
    setStrokes([])
    setPicture(null)
    if (file.size > MAX_PICTURE_BYTES) {
      onSample(null)
      const sizes = { size: bytes(file.size), most: bytes(MAX_PICTURE_BYTES) }
      return onTrouble(t('results.try.tooLarge', { name: file.name, ...sizes }))
    }
    onTrouble(null)
    setPicture(file.name)
    onSample({ kind: 'picture', file: toBase64(new Uint8Array(await file.arrayBuffer())) })
  }
  usePastedPicture((file) => void take(file))

  const drop = (e: DragEvent) => {
    setOver(false)
    if (droppedProject(e.dataTransfer)) return
    e.preventDefault()
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
      <div className={classes.desk}>
        <div className={classes.board}>
          <DrawPad strokes={strokes} onChange={draw} onUndo={undo} onClear={clear} />
          {strokes.length === 0 && (
            <div className={answer ? classes.backdrop : classes.invitation}>
              {answer ? <Seen answer={answer} /> : t('results.try.drawHere')}
            </div>
          )}
        </div>
        <div className={classes.side}>
          {answer && strokes.length > 0 && <Seen answer={answer} />}
          {strokes.length === 0 && <p className={classes.note}>{picture ?? (held && t('results.try.fromData'))}</p>}
          <div className={classes.tools}>
            <ActionIcon
              aria-label={t('results.try.undo')}
              data-tip={t('results.try.undo')}
              disabled={strokes.length === 0}
              onClick={undo}
            >
              <IconArrowBackUp size={16} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('results.try.clear')}
              data-tip={t('results.try.clear')}
              disabled={sample === null}
              onClick={clear}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        </div>
      </div>
      <Checkbox
        wrapperProps={{ 'data-tip': t('results.try.fitHelp') }}
        size="xs"
        label={t('results.try.fit')}
        checked={fit}
        onChange={(e) => {
          setFit(e.currentTarget.checked)
          if (strokes.length > 0) draw(strokes, e.currentTarget.checked)
        }}
      />
      <div className={classes.sources}>
        <FileButton resetRef={reset} onChange={(file) => void take(file)} accept="image/png,image/jpeg,image/webp">
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
            onTrouble(null)
            onSample(s)
          }}
        />
      </div>
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
