import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import type { DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { layers } from '#shared/layers/index'
import { encodePiece, PIECE } from '../canvas/drop'
import type { Piece } from '../canvas/place'
import { blockLabel, blockSummary, layerLabel, layerSummary, useLanguage } from '../i18n/names'
import { writeClipboard } from '../shell/clipboard'
import { useOwnBlocks } from '../store/ownBlocks'
import { blockIcon, categoryColor, layerIcon } from '../theme/icons'
import css from './palette.module.css'

interface Props {
  readonly piece: Piece
  readonly folded: boolean
  readonly onAdd: (piece: Piece) => void
}

/** One layer or block of the palette: drag it, double-click it, or press Enter on it. */
export function PieceRow({ piece, folded, onAdd }: Props) {
  const { t } = useTranslation()
  useLanguage()
  const isLayer = piece.kind === 'layer'
  const { name, summary } = wordsOf(piece, t('app.palette.ownBlock'))
  const Icon = isLayer ? layerIcon(piece.type) : blockIcon
  const color = isLayer ? categoryColor(layers[piece.type].category) : 'var(--nl-muted)'
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(PIECE, encodePiece(piece))
    event.dataTransfer.effectAllowed = 'copy'
  }
  const row = (
    <UnstyledButton
      data-tip={folded ? `${name}: ${summary}` : summary}
      data-tip-side="right"
      data-tip-delay={600}
      className={css.piece}
      fz={12}
      draggable
      onDragStart={onDragStart}
      onDoubleClick={() => onAdd(piece)}
      onKeyDown={(e) => e.key === 'Enter' && onAdd(piece)}
      aria-label={t('app.palette.add', { name })}
      data-testid={`palette-${piece.type}`}
    >
      <Icon size={18} stroke={1.5} color={color} />
      {!folded && <span>{name}</span>}
    </UnstyledButton>
  )
  if (piece.kind !== 'own' || folded) return row
  return (
    <div className={css.own}>
      {row}
      <OwnButtons name={piece.type} />
    </div>
  )
}

function wordsOf(piece: Piece, own: string): { readonly name: string; readonly summary: string } {
  switch (piece.kind) {
    case 'layer':
      return { name: layerLabel(piece.type), summary: layerSummary(piece.type) }
    case 'block':
      return { name: blockLabel(piece.type), summary: blockSummary(piece.type) }
    case 'own':
      return { name: piece.type, summary: own }
  }
}

/** A block of one's own travels as text: pasted onto a canvas, it is there. */
function OwnButtons({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const { blocks, remove } = useOwnBlocks.getState()
  const copy = () => writeClipboard(blocks.find((b) => b.name === name)?.text ?? '')
  const [copyLabel, removeLabel] = [t('app.palette.copyBlock', { name }), t('app.palette.removeBlock', { name })]
  return (
    <>
      <ActionIcon size={22} aria-label={copyLabel} title={copyLabel} onClick={() => void copy()}>
        <IconCopy size={14} stroke={1.5} />
      </ActionIcon>
      <ActionIcon size={22} aria-label={removeLabel} title={removeLabel} onClick={() => remove(name)}>
        <IconTrash size={14} stroke={1.5} />
      </ActionIcon>
    </>
  )
}
