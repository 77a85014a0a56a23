import { IconCut } from '@tabler/icons-react'
import { selectionAsText } from '../canvas/clipboard'
import { writeClipboard } from '../shell/clipboard'
import { defineAction } from './action'
import { deleteSelected } from './deleteSelection'
import { anySelected } from './selected'

export const cut = defineAction({
  icon: IconCut,
  enabled: anySelected,
  async run() {
    if (await writeClipboard(selectionAsText())) deleteSelected()
  },
})
