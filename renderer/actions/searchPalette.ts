import { IconSearch } from '@tabler/icons-react'
import { useView } from '../store/view'
import { defineAction } from './action'

export const PALETTE_SEARCH = 'palette-search'

export const searchPalette = defineAction({
  icon: IconSearch,
  keys: ['/'],
  run() {
    useView.getState().foldPalette(false)
    requestAnimationFrame(() => document.getElementById(PALETTE_SEARCH)?.focus())
  },
})
