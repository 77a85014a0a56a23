import { IconBookmarkPlus } from '@tabler/icons-react'
import i18next from 'i18next'
import { selectedPart } from '../canvas/clipboard'
import { asBlock } from '../canvas/ownBlock'
import { fail } from '../shell/files'
import { useOwnBlocks } from '../store/ownBlocks'
import { defineAction } from './action'
import { selectedLayers } from './selected'

/** Keeps the selected layers as a block in the palette. */
export const saveBlock = defineAction({
  icon: IconBookmarkPlus,
  enabled: () => selectedLayers().length > 0,
  run() {
    const { name, part } = asBlock(selectedPart(), i18next.t('app.palette.newBlock'))
    if (!useOwnBlocks.getState().save(name, part)) fail(i18next.t('app.palette.notKept'))
  },
})
