import { IconCopy } from '@tabler/icons-react'
import { selectionAsText } from '../canvas/clipboard'
import { writeClipboard } from '../shell/clipboard'
import { defineAction } from './action'
import { anySelected } from './selected'

/** Ctrl+C itself arrives as the browser's copy event: see `useClipboard`. */
export const copy = defineAction({
  icon: IconCopy,
  enabled: anySelected,
  run: () => void writeClipboard(selectionAsText()),
})
