import { IconCut } from '@tabler/icons-react'
import { selectionAsText } from '../canvas/clipboard'
import { defineAction } from './action'
import { deleteSelected } from './deleteSelection'
import { anySelected } from './selected'

export const cut = defineAction({
  icon: IconCut,
  enabled: anySelected,
  async run() {
    await navigator.clipboard.writeText(selectionAsText())
    deleteSelected()
  },
})
