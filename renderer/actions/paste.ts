import { IconClipboard } from '@tabler/icons-react'
import i18next from 'i18next'
import { pasteText } from '../canvas/clipboard'
import { fail } from '../shell/files'
import { defineAction } from './action'

export const paste = defineAction({
  icon: IconClipboard,
  async run() {
    // The browser asks for permission, and may be told no.
    const text = await navigator.clipboard.readText().catch(() => null)
    if (text === null) fail(i18next.t('app.canvas.noClipboard'))
    else pasteText(text)
  },
})
