import { blockTypes } from '#shared/blocks/index'
import { isLayerType } from '#shared/layers/index'
import { useOwnBlocks } from '../store/ownBlocks'
import type { Piece } from './place'

/** The kind of data that a drag from the palette carries. */
export const PIECE = 'application/x-netloom-piece'

export const encodePiece = (piece: Piece): string => `${piece.kind}:${piece.type}`

/** Null where something else was dropped. */
export function decodePiece(text: string): Piece | null {
  const kind = text.slice(0, text.indexOf(':'))
  const name = text.slice(kind.length + 1)
  const own = useOwnBlocks.getState().blocks.find((b) => b.name === name)
  if (kind === 'own') return own ? { kind, type: name, part: own.part } : null
  if (kind === 'layer' && isLayerType(name)) return { kind, type: name }
  const block = blockTypes.find((b) => b === name)
  return kind === 'block' && block ? { kind, type: block } : null
}
