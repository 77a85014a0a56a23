import { IconClipboard } from '@tabler/icons-react'
import { pasteText } from '../canvas/clipboard'
import { defineAction } from './action'

export const paste = defineAction({
  icon: IconClipboard,
  run: async () => pasteText(await navigator.clipboard.readText()),
})
