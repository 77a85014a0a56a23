import { ActionIcon, TextInput } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showKeys } from '../actions/keys'
import { PALETTE_SEARCH } from '../actions/searchPalette'
import { useOwnBlocks } from '../store/ownBlocks'
import { useView } from '../store/view'
import { PieceRow } from './PieceRow'
import css from './palette.module.css'
import { type Section, searchPieces } from './pieces'
import { useAddPiece } from './useAddPiece'

/** All layers and blocks, to drag onto the canvas; folded to icons. */
export function Palette() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const folded = useView((s) => s.paletteFolded)
  const foldPalette = useView((s) => s.foldPalette)
  const addPiece = useAddPiece()
  useOwnBlocks((s) => s.blocks)
  const heading = ({ id }: Section) =>
    id === 'blocks' || id === 'own' ? t(`app.palette.${id}`) : t(`app.categories.${id}`)
  const sections = searchPieces(folded ? '' : text, heading)
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const [first] = sections[0]?.pieces ?? []
    if (event.key === 'Enter' && text && first) {
      addPiece(first)
      setText('')
      event.currentTarget.blur()
    }
    if (event.key === 'Escape') {
      setText('')
      event.currentTarget.blur()
    }
  }
  const fold = folded ? t('app.palette.unfold') : t('app.palette.fold')
  const FoldIcon = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <nav className={css.palette} data-folded={folded || undefined} aria-label={t('app.palette.title')}>
      <div className={css.head}>
        {!folded && (
          <TextInput
            id={PALETTE_SEARCH}
            className={css.search}
            value={text}
            placeholder={t('app.palette.search')}
            aria-label={t('app.palette.search')}
            leftSection={<IconSearch size={14} />}
            rightSection={text ? null : <kbd>{showKeys('/')}</kbd>}
            onChange={(e) => setText(e.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        )}
        <ActionIcon aria-label={fold} data-tip={fold} onClick={() => foldPalette(!folded)}>
          <FoldIcon size={18} stroke={1.5} />
        </ActionIcon>
      </div>
      <div className={css.list}>
        {sections.length === 0 && <p className={css.none}>{t('app.palette.none', { text })}</p>}
        {sections.map((section) => (
          <section key={section.id}>
            {!folded && <h2 className={css.heading}>{heading(section)}</h2>}
            {section.pieces.map((piece) => (
              <PieceRow key={piece.type} piece={piece} folded={folded} onAdd={addPiece} />
            ))}
          </section>
        ))}
      </div>
    </nav>
  )
}
