import { Tooltip, UnstyledButton } from '@mantine/core'
import type { DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { layers } from '#shared/layers/index'
import { encodePiece, PIECE } from '../canvas/drop'
import type { Piece } from '../canvas/place'
import { blockLabel, blockSummary, layerLabel, layerSummary, useLanguage } from '../i18n/names'
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
  const name = isLayer ? layerLabel(piece.type) : blockLabel(piece.type)
  const summary = isLayer ? layerSummary(piece.type) : blockSummary(piece.type)
  const Icon = isLayer ? layerIcon(piece.type) : blockIcon
  const color = isLayer ? categoryColor(layers[piece.type].category) : 'var(--nl-muted)'
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(PIECE, encodePiece(piece))
    event.dataTransfer.effectAllowed = 'copy'
  }
  return (
    <Tooltip label={folded ? `${name}: ${summary}` : summary} position="right" openDelay={600}>
      <UnstyledButton
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
    </Tooltip>
  )
}
