import { blocks, blockTypes } from '#shared/blocks/index'
import { type Category, categories } from '#shared/layer'
import { layers, layerTypes } from '#shared/layers/index'
import type { Piece } from '../canvas/place'
import { blockLabel, layerLabel } from '../i18n/names'
import { useOwnBlocks } from '../store/ownBlocks'

export interface Section {
  readonly id: Category | 'blocks' | 'own'
  readonly pieces: readonly Piece[]
}

/** Everything that can be added but a person's own blocks, by category. */
const allPieces: readonly Section[] = [
  ...categories.map(
    (id): Section => ({
      id,
      pieces: layerTypes.filter((t) => layers[t].category === id).map((type) => ({ kind: 'layer', type })),
    }),
  ),
  { id: 'blocks', pieces: blockTypes.map((type) => ({ kind: 'block', type })) },
]

/** All names that somebody may look for, in both languages. */
const namesOf = (piece: Piece): string => {
  if (piece.kind === 'own') return piece.type.toLowerCase()
  const names =
    piece.kind === 'layer'
      ? [layerLabel(piece.type), layers[piece.type].label]
      : [blockLabel(piece.type), blocks[piece.type].label]
  return [...names, piece.type].join(' ').toLowerCase()
}

/** Sections with what matches every word of the search; empty ones are left out. `name` gives a section's own name. */
export function searchPieces(text: string, name: (section: Section) => string): readonly Section[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const own = useOwnBlocks.getState().blocks.map(({ name: type, part }): Piece => ({ kind: 'own', type, part }))
  return [...allPieces, { id: 'own', pieces: own } satisfies Section]
    .map((section) => {
      const heading = name(section).toLowerCase()
      const pieces = section.pieces.filter((p) => words.every((w) => `${heading} ${namesOf(p)}`.includes(w)))
      return { ...section, pieces }
    })
    .filter((s) => s.pieces.length > 0)
}
