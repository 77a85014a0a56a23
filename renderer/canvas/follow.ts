import { defaultsOf } from '#shared/fields'
import type { MaybeShape } from '#shared/layer'
import { layers } from '#shared/layers/index'
import type { Piece } from './place'

/** Can a piece with its defaults take a tensor of this shape? Blocks and merges are judged only once they are wired. */
export function takes(piece: Piece, shape: MaybeShape): boolean {
  if (piece.kind === 'own') return true
  if (piece.kind === 'block') return shape === null || shape.length === 3
  const def = layers[piece.type]
  if (def.inputs.max === 0) return false
  if (shape === null || def.inputs.min > 1) return true
  return (def.shape([shape], defaultsOf(def.fields)).problems ?? []).length === 0
}
