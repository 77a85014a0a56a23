import { IconBookmarkPlus } from '@tabler/icons-react'
import { useView } from '../store/view'
import { defineAction } from './action'
import { selectedLayers } from './selected'

/** Asks for a name and keeps the selected layers as a block in the palette. */
export const saveBlock = defineAction({
  icon: IconBookmarkPlus,
  enabled: () => selectedLayers().length > 0,
  run: () => useView.getState().showDialog('nameBlock'),
})
