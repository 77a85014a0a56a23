import { Popover, TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point } from '#shared/graph/graph'
import { layers } from '#shared/layers/index'
import { blockLabel, layerLabel, useLanguage } from '../i18n/names'
import { searchPieces } from '../palette/pieces'
import { useDocument } from '../store/document'
import { blockIcon, categoryColor, layerIcon } from '../theme/icons'
import css from './canvas.module.css'
import { addAtEnd } from './change'
import { takes } from './follow'
import { exitOf, groupOfFlowId, viewGroups } from './groups'
import type { Piece } from './place'
import { type Drawn, inHandle, outHandle } from './wiring'

/** A port from which a wire was drawn into empty space, and where it was let go, in window coordinates. */
export interface OpenEnd {
  readonly at: Point
  readonly node: string
  readonly handle: string
  readonly side: 'source' | 'target'
}

/** Offers what may stand at the open end of a wire. */
export function FollowMenu({ open, onClose }: { readonly open: OpenEnd; readonly onClose: () => void }) {
  const { t } = useTranslation()
  useLanguage()
  const { screenToFlowPosition } = useReactFlow()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const shape = useDocument((s) => shapeAt(s, open))
  const heading = ({ id }: { readonly id: string }) => id
  const pieces = searchPieces(text, heading)
    .flatMap((s) => s.pieces)
    .filter((p) => open.side === 'target' || takes(p, shape))
  const choose = (piece: Piece | undefined) => {
    if (!piece) return
    const drawn = (flowId: string): Drawn =>
      open.side === 'source'
        ? { source: open.node, sourceHandle: open.handle, target: flowId, targetHandle: inHandle(0) }
        : { source: flowId, sourceHandle: outHandle(0), target: open.node, targetHandle: open.handle }
    addAtEnd(piece, screenToFlowPosition(open.at), drawn)
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setActive((active + step + pieces.length) % Math.max(pieces.length, 1))
    if (event.key === 'Enter') choose(pieces[active])
    if (event.key === 'Escape') onClose()
    if (step !== 0 || event.key === 'Enter') event.preventDefault()
  }
  return (
    <Popover opened onChange={onClose} position="bottom-start" width={232} shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <div className={css.openEnd} style={{ left: open.at.x, top: open.at.y }} />
      </Popover.Target>
      <Popover.Dropdown p={6} onKeyDown={onKeyDown} data-testid="follow">
        <TextInput
          data-autofocus
          value={text}
          placeholder={t('app.follow.search')}
          aria-label={t('app.follow.search')}
          leftSection={<IconSearch size={14} />}
          onChange={(e) => {
            setText(e.currentTarget.value)
            setActive(0)
          }}
        />
        <div className={css.followers}>
          {pieces.length === 0 && <p>{t('app.follow.none')}</p>}
          {pieces.map((piece, i) => (
            <Follower key={`${piece.kind}:${piece.type}`} piece={piece} active={i === active} onChoose={choose} />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

interface FollowerProps {
  readonly piece: Piece
  readonly active: boolean
  readonly onChoose: (piece: Piece) => void
}
function Follower({ piece, active, onChoose }: FollowerProps) {
  const isLayer = piece.kind === 'layer'
  const Icon = isLayer ? layerIcon(piece.type) : blockIcon
  return (
    <UnstyledButton
      className={css.follower}
      fz={12}
      tabIndex={-1}
      data-active={active || undefined}
      ref={(e) => {
        if (active) e?.scrollIntoView({ block: 'nearest' })
      }}
      onClick={() => onChoose(piece)}
    >
      <Icon size={16} stroke={1.5} color={isLayer ? categoryColor(layers[piece.type].category) : 'var(--nl-muted)'} />
      {piece.kind === 'own' ? piece.type : isLayer ? layerLabel(piece.type) : blockLabel(piece.type)}
    </UnstyledButton>
  )
}

type DocumentState = ReturnType<typeof useDocument.getState>
/** The tensor at an output; null where it is not known. */
function shapeAt({ document, inference }: DocumentState, { node, handle }: OpenEnd) {
  const group = groupOfFlowId(node)
  const members = group === null ? [] : (viewGroups(document.graph).byId.get(group)?.members ?? [])
  const port = group === null ? { node, port: Number(handle.slice(3)) } : exitOf(document.graph, members)
  return port ? (inference.node(port.node)?.outputs[port.port] ?? null) : null
}
